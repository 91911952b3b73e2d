"""The front door offers sentences of the file and no way to say anything else."""

import inspect

from qingyan.notifications import api


def test_the_door_takes_no_text():
    parameters = inspect.signature(api.notify).parameters
    assert set(parameters) == {"to", "kind", "path", "by", "now", "key"}
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in parameters.values())


def test_what_a_higher_domain_may_count_on_is_there():
    assert {"attention_now", "attention", "handed_over", "overdue"} <= set(api.kinds())
    assert api.sentence("handed_over")
