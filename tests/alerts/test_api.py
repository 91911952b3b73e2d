"""The front door of alerts gives other domains findings, values and a count, and no model."""

from qingyan.alerts import api
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from tests.alerts.setting import alerted, counsellor


def test_a_sheet_is_judged_through_the_door():
    plan = instruments.plan("scl-90")
    answers = [1] * 90
    answers[14] = 3
    found = api.evaluate("scl-90", plan.version, answers, plan.score(answers, age=16), 16)
    assert [finding.rule_id for finding in found] == ["scl90_end_life_red"]
    assert api.evaluate_saved("scl-90", plan.version, {14: 3}, 16) == found
    assert api.help_requested().rule_id == "help_requested"


def test_the_count_for_the_navigation_is_of_the_own_school_and_zero_for_colleagues(cast):
    alerted(cast)
    for by, count in (
        (counsellor(cast), 1),
        (counsellor(cast, cast.other), 0),
        (cast.actor(cast.home.principal, cast.home), 0),
    ):
        with entered(by):
            assert api.unacknowledged_count(by) == count


def test_the_pack_in_force_is_named_and_says_that_it_is_not_signed():
    assert (api.pack_name(), api.pack_is_signed()) == ("default/1.1", False)
