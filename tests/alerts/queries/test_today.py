"""The morning: how much waits, what comes first, how colleagues are greeted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.models import Alert
from qingyan.alerts.queries.today import Line, Morning, morning, salutation
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import alerted, counsellor


def test_what_waits_is_counted_and_what_i_took_lately_is_shown_without_a_clock(cast):
    mine, by, now = alerted(cast), counsellor(cast), timezone.now()
    alerted(cast, pupil=cast.home.pupils_a[1], value=2)
    with entered(by):
        before = morning(by, now)
        acknowledge(alert=locked(by, mine.id), by=by, note="", now=now)
        after = morning(by, now)
    assert (before.things, before.first, len(before.taken)) == (2, 1, 0)
    assert (after.things, after.first, len(after.taken)) == (1, 0, 1)
    assert after.waiting[0].left is not None
    assert after.taken[0].left is None


def test_never_more_than_five_come_first():
    red = Line(Alert(level="red"), None)
    assert Morning(waiting=(red,) * 9, waiting_total=9, taken=()).first == 5


def test_what_i_took_leaves_the_morning_after_a_week(cast):
    alert, by, now = alerted(cast), counsellor(cast), timezone.now()
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note="", now=now)
        assert len(morning(by, now + timedelta(days=6)).taken) == 1
        assert morning(by, now + timedelta(days=8)).taken == ()


def test_what_a_colleague_took_is_not_my_thing(cast):
    alert, by, now = alerted(cast), counsellor(cast), timezone.now()
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note="", now=now)
    platform = cast.platform()
    with entered(platform):
        assert morning(platform, now).taken == ()


@pytest.mark.parametrize(("name", "said"), [("林若溪", "林老师"), ("欧阳晴", "欧阳老师"), ("", "")])
def test_colleagues_are_greeted_by_surname(name, said):
    assert salutation(name) == said
