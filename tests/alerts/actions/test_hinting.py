"""A hint moves an alert forward, within bounds, and can be taken back without a trace in the order."""

import pytest
from django.utils import timezone

from qingyan.alerts.actions.hinting import MOST_HOURS, set_order_hints
from qingyan.alerts.actions.weighing import weigh_school
from qingyan.alerts.contracts import Hint, HintWords
from qingyan.alerts.models import Alert
from qingyan.alerts.queries import order_packs
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import alerted, counsellor

WORDS = (HintWords("以前的个案", "有"),)


def hinted(cast, hints, by=None):
    who = by or cast.platform()
    with entered(who):
        return set_order_hints(hints=hints, by=who, now=timezone.now())


def place(cast, alert):
    with entered(cast.platform()):
        row = Alert.objects.get(id=alert.id)
    return row.place_at, row.level, row.due_at, row.hint_hours


def test_it_counts_as_waiting_and_taken_back_all_is_as_before(cast):
    alert = alerted(cast)
    before = place(cast, alert)
    assert hinted(cast, {alert.id: Hint(24, WORDS)}) == 1
    after = place(cast, alert)
    assert ((before[0] - after[0]).total_seconds(), after[1:3], after[3]) == (24 * 3600, before[1:3], 24)
    assert hinted(cast, {alert.id: Hint(24, WORDS)}) == 0
    assert hinted(cast, {}) == 1
    assert place(cast, alert) == before


def test_weighing_again_keeps_the_hint(cast):
    alert = alerted(cast)
    with entered(cast.platform()):
        weigh_school(cast.platform(), now=timezone.now())
    hinted(cast, {alert.id: Hint(24, WORDS)})
    before = place(cast, alert)
    with entered(cast.platform()):
        weigh_school(cast.platform(), now=timezone.now())
    assert place(cast, alert) == before


@pytest.mark.parametrize("hours", [-1, MOST_HOURS + 1])
def test_it_never_moves_back_and_has_a_bound(cast, hours):
    alert = alerted(cast)
    with pytest.raises(ValueError, match="within bounds"):
        hinted(cast, {alert.id: Hint(hours, ())})


def test_red_leads_whatever_a_hint_says():
    pack = order_packs.current()
    assert pack.levels["red"] > pack.levels["orange"] + sum(one.hours for one in pack.signs.values()) + MOST_HOURS


def test_people_set_no_hint_and_another_school_is_out_of_reach(cast):
    alert, far = alerted(cast), alerted(cast, cast.other)
    with pytest.raises(NotVisible):
        hinted(cast, {alert.id: Hint(24, WORDS)}, counsellor(cast))
    assert hinted(cast, {far.id: Hint(24, WORDS)}) == 0
