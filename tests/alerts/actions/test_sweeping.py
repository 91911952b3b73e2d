"""Nothing is silently missing: an alert that was lost is raised by the sweeper, once, in its own school."""

from datetime import timedelta

from django.utils import timezone

from qingyan.alerts.actions.sweeping import SWEEPER, sweep_school
from qingyan.alerts.jobs import SIGHT
from qingyan.alerts.models import Alert
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.events import api as events
from qingyan.screening.events import AnswerSaved, AnswerSheetScored
from tests.alerts.setting import END_LIFE, Answering
from tests.screening.setting import school_round

BACK = timedelta(hours=1)


def sweeper(place) -> Actor:
    return system_actor(school_id=place.school.id, sight=SIGHT, purpose="test")


def deaf(monkeypatch) -> None:
    """Nobody listens, as after a broken release."""
    monkeypatch.setitem(events._inside, AnswerSaved, [])
    monkeypatch.setitem(events._inside, AnswerSheetScored, [])


def swept(place, back: timedelta = BACK) -> int:
    by = sweeper(place)
    with entered(by):
        return sweep_school(by=by, back=back, now=timezone.now())


def rules(cast, place) -> set[str]:
    with entered(cast.platform(place)):
        return set(Alert.objects.values_list("rule", flat=True))


def test_a_missing_alert_of_an_unfinished_sheet_is_raised_once(cast, monkeypatch):
    deaf(monkeypatch)
    Answering(cast.home.pupil, school_round(cast, "scl-90")).save(END_LIFE, 4)
    assert rules(cast, cast.home) == set()
    assert swept(cast.home) == 1
    assert rules(cast, cast.home) == {"scl90_end_life_red"}
    assert swept(cast.home) == 0
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="alert.raise").request_id == SWEEPER


def test_a_finished_sheet_is_judged_by_its_scores_too(cast, monkeypatch):
    deaf(monkeypatch)
    sheet = Answering(cast.home.pupil, school_round(cast, "ces-dc", grades=(10, 11)), "ces-dc")
    sheet.answer_everything(3)
    sheet.hand_in()
    assert swept(cast.home) >= 1
    assert rules(cast, cast.home) == {"cesdc_high_orange"}


def test_when_nothing_is_missing_the_sweeper_raises_nothing(cast):
    sheet = Answering(cast.home.pupil, school_round(cast, "scl-90"))
    sheet.answer_everything(4)
    sheet.hand_in()
    before = rules(cast, cast.home)
    assert swept(cast.home) == 0
    assert rules(cast, cast.home) == before


def test_a_school_is_swept_in_its_own_scope_only(cast, monkeypatch):
    deaf(monkeypatch)
    Answering(cast.home.pupil, school_round(cast, "scl-90")).save(END_LIFE, 4)
    assert swept(cast.other) == 0
    assert rules(cast, cast.home) == set()


def test_sheets_older_than_asked_are_left_alone(cast, monkeypatch):
    deaf(monkeypatch)
    Answering(cast.home.pupil, school_round(cast, "scl-90")).save(END_LIFE, 4)
    assert swept(cast.home, back=timedelta(0)) == 0
