"""The hour's work: signed points bring an alert forward, with reasons, and never touch a level; off is plain order."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.alerts.queries import order_packs
from qingyan.alerts.queries.queue import QueueFilter, queue
from qingyan.concerns.models import Concern
from qingyan.early_warning.jobs import order_everywhere
from qingyan.early_warning.queries.point_packs import SHELF
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.setting import alerted, browser, counsellor
from tests.early_warning.setting import signed, stepped, switched_on, trail
from tests.factories.orders import make_model


@pytest.fixture
def two(cast):
    """Two orange alerts; the pupil of the later one once asked for help. Another school has the same."""
    earlier, later = alerted(cast, pupil=cast.home.pupils_a[1]), alerted(cast)
    alerted(cast, cast.other)
    for place in (cast.home, cast.other):
        _made_orange(cast, place)
    with entered(cast.platform()):
        said = {"kind": "letter", "source": "self", "urgency": "week", "number": "A1"}
        Concern.objects.create(
            school=cast.home.school, pupil=cast.home.pupil.id, received_at=timezone.now() - timedelta(days=9), **said
        )
    return earlier, later


def _made_orange(cast, place):
    """As if each alert there had been raised for orange: due in 48 hours, placed by the weight of that level."""
    weights = order_packs.current().levels
    later = timedelta(hours=weights["red"] - weights["orange"])
    with entered(cast.platform(place)):
        due = timezone.now() + timedelta(hours=48)
        Alert.objects.update(level="orange", due_at=due, place_at=F("place_at") + later)


def order_of(cast):
    by = counsellor(cast)
    with entered(by):
        return [one.id for one in queue(by, QueueFilter())]


def standing(cast):
    with entered(cast.platform()):
        return list(Alert.objects.order_by("id").values_list("id", "level", "state", "due_at", "owner_id"))


def test_signed_points_bring_an_alert_forward_with_words_and_change_no_level(cast, two):
    before = standing(cast)
    signed(cast)
    stepped(cast, "use_points")
    assert order_everywhere() == 1
    assert order_of(cast) == [two[1].id, two[0].id]
    assert standing(cast) == before
    body = browser(cast.home.counsellor).get(f"/s/{cast.home.school.slug}/alerts/").content.decode()
    assert "半年内本人另外求助过" in body
    assert order_everywhere() == 0


def test_the_control_an_unsigned_pack_orders_nothing_and_cannot_be_switched_on(cast, two):
    with pytest.raises(NotAllowed):
        stepped(cast, "use_points")
    assert order_everywhere() == 0
    assert order_of(cast) == [two[0].id, two[1].id]


def test_a_pack_that_changed_after_the_signature_orders_nothing_from_the_next_hour(cast, two, monkeypatch, tmp_path):
    signed(cast)
    stepped(cast, "use_points")
    order_everywhere()
    text = (SHELF / "1.0.yaml").read_text("utf-8")
    (tmp_path / "1.0.yaml").write_text(text.replace("points: 6", "points: 7"), "utf-8")
    monkeypatch.setattr("qingyan.early_warning.queries.point_packs.SHELF", tmp_path)
    assert order_everywhere() == 1
    assert order_of(cast) == [two[0].id, two[1].id]


def test_switched_off_is_plain_order_at_once_in_every_school(cast, two):
    signed(cast)
    stepped(cast, "use_points")
    order_everywhere()
    stepped(cast, "switch_off")
    assert order_of(cast) == [two[0].id, two[1].id]
    with entered(cast.platform()):
        assert set(Alert.objects.values_list("hint_hours", flat=True)) == {0}
    assert [line.detail["to"] for line in trail("early_warning.switch_off")] == ["off"]


def test_a_model_cannot_be_tried_or_switched_on_without_one(cast):
    signed(cast)
    stepped(cast, "use_points")
    for verb in ("start_shadow", "switch_on", "drift"):
        with pytest.raises(NotAllowed):
            stepped(cast, verb)


def test_the_model_brings_an_alert_forward_with_words_and_no_figure_and_changes_no_level(cast, two):
    before = standing(cast)
    switched_on(cast, make_model(cast))
    assert order_everywhere() == 1
    assert order_of(cast) == [two[1].id, two[0].id]
    assert standing(cast) == before
    with entered(cast.platform()):
        hinted = Alert.objects.get(id=two[1].id)
    assert hinted.hint_because == [{"words": "半年内本人另外求助过", "level": "有"}]
    assert hinted.hint_hours in range(24, 241, 24)
    body = browser(cast.home.counsellor).get(f"/s/{cast.home.school.slug}/alerts/").content.decode()
    assert "半年内本人另外求助过" in body
    assert f"{hinted.hint_hours} 小时" not in body


def test_a_model_that_learned_other_signs_than_the_packs_orders_nothing(cast, two, monkeypatch, tmp_path):
    switched_on(cast, make_model(cast))
    order_everywhere()
    text = (SHELF / "1.0.yaml").read_text("utf-8")
    (tmp_path / "1.0.yaml").write_text(text.replace("words: 一到两项", "words: 一项"), "utf-8")
    monkeypatch.setattr("qingyan.early_warning.queries.point_packs.SHELF", tmp_path)
    order_everywhere()
    assert order_of(cast) == [two[0].id, two[1].id]


def test_the_points_can_be_used_again_and_switching_off_is_plain_order_at_once(cast, two):
    signed(cast)
    switched_on(cast, make_model(cast))
    order_everywhere()
    stepped(cast, "use_points")
    assert order_of(cast) == [two[0].id, two[1].id]
    order_everywhere()
    assert order_of(cast) == [two[1].id, two[0].id]
    stepped(cast, "switch_off")
    assert order_of(cast) == [two[0].id, two[1].id]


@pytest.mark.parametrize("left", [timedelta(hours=23), -timedelta(days=2)])
def test_nobody_is_passed_by_a_hint_when_the_time_is_short_or_over(cast, two, left):
    with entered(cast.platform()):
        Alert.objects.filter(id=two[0].id).update(due_at=timezone.now() + left)
    switched_on(cast, make_model(cast))
    order_everywhere()
    assert order_of(cast) == [two[0].id, two[1].id]
    body = browser(cast.home.counsellor).get(f"/s/{cast.home.school.slug}/alerts/").content.decode()
    assert "快到或者已经超过期限" in body


def test_red_leads_whatever_the_model_says(cast, two):
    red = alerted(cast, pupil=cast.home.pupils_a[2])
    switched_on(cast, make_model(cast))
    order_everywhere()
    assert order_of(cast) == [red.id, two[1].id, two[0].id]


def test_red_ones_that_are_due_today_keep_their_own_order(cast, two):
    with entered(cast.platform()):
        Alert.objects.filter(id__in=[one.id for one in two]).update(
            level="red", due_at=timezone.now() + timedelta(hours=4)
        )
    switched_on(cast, make_model(cast))
    order_everywhere()
    assert order_of(cast) == [two[0].id, two[1].id]


def test_others_switch_nothing(cast):
    with pytest.raises(NotVisible):
        stepped(cast, "switch_off", by=counsellor(cast))
    with pytest.raises(NotVisible):
        stepped(cast, "switch_off", by=cast.actor(cast.district_lead))
