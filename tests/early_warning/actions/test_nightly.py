"""The night's work, with the clock moved: shadow notes show nothing and move nothing; drift takes a model back."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.cases.actions.interviewing import record_interview
from qingyan.cases.actions.opening import open_from_alert
from qingyan.early_warning import jobs
from qingyan.early_warning.actions import nightly
from qingyan.early_warning.actions.nightly import watch_city
from qingyan.early_warning.actions.shadowing import night_actor
from qingyan.early_warning.jobs import order_everywhere
from qingyan.early_warning.models import ModelNight, ModelVersion, PhaseStep, ShadowPlace
from qingyan.early_warning.queries import phases
from qingyan.early_warning.queries.point_packs import SHELF
from qingyan.early_warning.rules.card import Example
from qingyan.foundation.access.scope import entered
from qingyan.notifications.models import Notification
from tests.alerts.setting import alerted, browser, counsellor
from tests.cases.setting import decided, talk
from tests.early_warning.setting import in_shadow, signed, stepped, switched_on, trail
from tests.factories.orders import make_model

NOW = timezone.now()


def noted(cast, place=None):
    with entered(night_actor((place or cast.home).school.id)):
        return list(ShadowPlace.objects.order_by("id"))


def standing(cast):
    with entered(cast.platform()):
        return list(Alert.objects.order_by("id").values_list("id", "level", "state", "place_at", "hint_hours"))


@pytest.fixture
def shadow(cast):
    return in_shadow(cast, make_model(cast), now=NOW)


def test_each_night_notes_what_waits_once_in_every_school_and_moves_nothing(cast, shadow):
    alerted(cast, value=2)
    alerted(cast, cast.other, value=2)
    before = standing(cast)
    assert watch_city(now=NOW) == "too_few"
    assert watch_city(now=NOW) == ""
    watch_city(now=NOW + timedelta(days=1))
    (row,) = noted(cast)
    assert (row.trial, row.plain_capacity, row.model_tenth) == (shadow.number, True, True)
    assert len(noted(cast, cast.other)) == 1
    assert standing(cast) == before
    assert [night.figures["outcomes"] for night in ModelNight.objects.all()] == [0, 0]
    assert len(trail("early_warning.watch")) == 2


def test_nobody_but_the_nights_work_reads_a_note_and_nothing_of_it_is_on_a_page(cast, shadow):
    alert = alerted(cast, value=2)
    watch_city(now=NOW)
    for by in (counsellor(cast), cast.actor(cast.home.principal, cast.home), cast.actor(cast.city_officer)):
        with entered(by):
            assert list(ShadowPlace.objects.all()) == []
    with entered(night_actor(cast.other.school.id)):
        assert list(ShadowPlace.objects.all()) == []
    client, slug = browser(cast.home.counsellor), cast.home.school.slug
    for path in (f"/s/{slug}/alerts/", f"/s/{slug}/alerts/{alert.id}/"):
        assert "排序参考 ·" not in client.get(path).content.decode()


def test_a_note_holds_places_in_the_front_and_no_score_and_no_pupil():
    assert {field.name for field in ShadowPlace._meta.get_fields()} == {
        "id", "school", "trial", "thing", "noted_at", "plain_capacity", "points_capacity", "model_capacity",
        "plain_tenth", "points_tenth", "model_tenth",
    }  # fmt: skip


def test_a_note_cannot_be_changed(cast, shadow):
    alerted(cast, value=2)
    watch_city(now=NOW)
    with entered(night_actor(cast.home.school.id)), pytest.raises(ProgrammingError), transaction.atomic():
        ShadowPlace.objects.update(model_tenth=False)


def test_a_finding_after_the_talk_is_the_outcome_of_the_note(cast, shadow):
    alert, by = alerted(cast, value=2), counsellor(cast)
    watch_city(now=NOW)
    with entered(by):
        case = open_from_alert(alert_id=alert.id, owner_id=by.id, by=by, now=NOW)
        record_interview(case=case, talk=talk(), by=by, now=timezone.now())
    decided(cast, case, "yellow")
    watch_city(now=NOW + timedelta(days=1))
    figures = ModelNight.objects.first().figures
    assert (figures["outcomes"], figures["found"], figures["orders"]) == (1, 1, None)


def test_what_was_noted_is_deleted_when_the_trial_ends(cast, shadow):
    alerted(cast, value=2)
    watch_city(now=NOW)
    assert noted(cast)
    stepped(cast, "switch_off")
    assert noted(cast) == []
    assert watch_city(now=NOW + timedelta(days=1)) == ""
    assert ModelNight.objects.count() == 1


def test_a_step_taken_meanwhile_keeps_the_night_from_writing(cast, shadow, monkeypatch):
    def meanwhile(*_args):
        stepped(cast, "switch_off")
        return nightly.Gathered()

    monkeypatch.setattr(nightly, "_gathered", meanwhile)
    assert watch_city(now=NOW) == ""
    assert ModelNight.objects.count() == 0


def changed(*_args):
    """A city in which everybody asks now, and hardly anybody needs care."""
    asked = tuple(int(sign["code"] == "asked") for sign in ModelVersion.objects.get().weights["signs"])
    return nightly.Gathered(lately=[Example(asked, n % 10 == 0, n % 6, ()) for n in range(300)])


def as_before(*_args):
    signs = ModelVersion.objects.get().weights["signs"]
    asked = [tuple(n if sign["code"] == "asked" else 0 for sign in signs) for n in (0, 1)]
    return nightly.Gathered(lately=[Example(asked[n % 2], n % 8 < 2 + 4 * (n % 2), n % 6, ()) for n in range(240)])


def test_drift_takes_the_model_back_to_the_trial_and_tells_the_officer_in_neutral_words(cast, monkeypatch):
    alerted(cast, value=2)
    step = switched_on(cast, make_model(cast), now=NOW)
    order_everywhere()
    monkeypatch.setattr(nightly, "_gathered", changed)
    assert watch_city(now=NOW) == "shifted"
    back = phases.newest(cast.city.id)
    assert (back.target, back.verb, back.by, back.model, back.number) == ("shadow", "drift", None, 1, step.number + 1)
    with entered(cast.platform()):
        assert set(Alert.objects.values_list("hint_hours", flat=True)) == {0}
    (notice,) = Notification.objects.all()
    assert (notice.account_id, notice.kind, notice.path) == (cast.city_officer.id, "attention", "/city/order/")
    body = browser(cast.city_officer).get("/city/order/").content.decode()
    assert "平台自动" in body
    assert "模型试行：只记录，不排序" in body


def test_after_drift_the_signed_points_help_again(cast, monkeypatch):
    signed(cast)
    switched_on(cast, make_model(cast), now=NOW)
    monkeypatch.setattr(nightly, "_gathered", changed)
    watch_city(now=NOW)
    assert jobs._reckoning(cast.city.id) is not None


def test_the_control_a_city_as_before_keeps_its_model(cast, monkeypatch):
    switched_on(cast, make_model(cast), now=NOW)
    monkeypatch.setattr(nightly, "_gathered", as_before)
    assert watch_city(now=NOW) == "steady"
    assert PhaseStep.objects.count() == 1
    assert Notification.objects.count() == 0


def test_a_pack_with_other_signs_takes_the_model_back(cast, monkeypatch, tmp_path):
    switched_on(cast, make_model(cast), now=NOW)
    text = (SHELF / "1.0.yaml").read_text("utf-8")
    (tmp_path / "1.0.yaml").write_text(text.replace("words: 一到两项", "words: 一项"), "utf-8")
    monkeypatch.setattr("qingyan.early_warning.queries.point_packs.SHELF", tmp_path)
    assert watch_city(now=NOW) == "unfit"
    assert phases.phase(cast.city.id) == "shadow"


def test_a_school_that_fails_does_not_keep_the_others_waiting(cast, shadow, monkeypatch):
    alerted(cast, cast.other, value=2)
    real = nightly.surroundings.school

    def broken(by):
        if by.school_id == cast.home.school.id:
            raise RuntimeError("x")
        return real(by)

    monkeypatch.setattr(nightly.surroundings, "school", broken)
    assert watch_city(now=NOW) == "too_few"
    assert len(noted(cast, cast.other)) == 1


def test_the_queries_of_a_school_do_not_grow_with_its_alerts(cast, shadow):
    def counted(now):
        before = len(connection.queries_log)
        connection.force_debug_cursor = True
        watch_city(now=now)
        connection.force_debug_cursor = False
        return len(connection.queries_log) - before

    alerted(cast, value=2)
    few = counted(NOW)
    for pupil in cast.home.pupils_a[1:]:
        alerted(cast, value=2, pupil=pupil)
    assert counted(NOW + timedelta(days=1)) <= few
