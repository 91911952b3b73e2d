"""The front door counts and registers; it hands out no report."""

from qingyan.concerns import api


def test_the_door_gives_no_report():
    assert {"register_duty", "waiting_bullying", "waiting_concerns"} <= set(api.__all__)
    assert not {"Concern", "BullyingReport", "reports", "thread"} & set(vars(api))
