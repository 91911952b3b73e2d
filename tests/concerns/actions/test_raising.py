"""Reporting: kept sealed in the right circle, told neutrally, announced once; nobody's name who gave none."""

import logging
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from qingyan.concerns.actions import raising
from qingyan.concerns.actions.raising import TooMany
from qingyan.concerns.contracts import Circle, Kind, Source, Urgency
from qingyan.concerns.events import ConcernRaised
from qingyan.concerns.models import BullyingReport, Concern, Knock
from qingyan.concerns.rules.flood import OF_ONE_DEVICE, TOLD_ONE_BY_ONE
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.events import api as events
from qingyan.notifications.models import Notification
from qingyan.people.models import Post
from tests.concerns.setting import CANARY, COMMITTEE, new, nobody, raised, reader, stored


@pytest.fixture
def heard(monkeypatch) -> list[ConcernRaised]:
    """What higher domains hear."""
    facts: list[ConcernRaised] = []
    monkeypatch.setitem(events._inside, ConcernRaised, [lambda fact, cursor: facts.append(fact)])
    return facts


def told() -> list[tuple[UUID, str]]:
    return list(Notification.objects.order_by("created_at").values_list("account_id", "kind"))


def trail(cast, action="concern.raised") -> AuditEntry:
    with entered(cast.platform()):
        return AuditEntry.objects.get(action=action)


def test_a_letter_is_sealed_and_its_readers_are_told(cast, heard):
    receipt = raised(cast)
    assert (receipt.circle, len(receipt.token)) == (Circle.COUNSELLOR, 20)
    assert told() == [(cast.home.counsellor.id, "letter")]
    assert stored(cast).text == CANARY
    with connection.cursor() as cursor, entered(cast.platform()):
        cursor.execute("SELECT encode(text, 'escape') || number || secret_hash FROM concerns_concern")
        row = cursor.fetchone()[0]
    assert CANARY not in row
    assert receipt.token[10:] not in row
    assert heard[0].student is None


def test_the_same_page_sent_twice_is_one_report_with_one_receipt(cast, heard):
    once = new()
    first, second = raised(cast, once), raised(cast, once)
    assert first == second
    assert len(told()) == len(heard) == 1
    other = raised(cast, new())
    assert other.token != first.token


def test_a_page_without_its_mark_loses_nothing(cast):
    for crooked in ("", "x", "\x00"):
        raised(cast, new(sending=crooked))
    with entered(cast.platform()):
        assert Concern.objects.count() == 3


def test_a_pupil_who_asks_for_help_is_named_and_it_is_urgent(cast, heard):
    pupil = cast.pupil_actor()
    asked = new(Kind.HELP, urgency=Urgency.NOW, pupil=pupil.student_id, vouched=True, text="")
    raised(cast, asked, by=pupil)
    row = stored(cast)
    assert (row.pupil, row.school_class_id, row.vouched) == (pupil.student_id, cast.home.class_a.id, True)
    assert told() == [(cast.home.counsellor.id, "attention_now")]
    assert (heard[0].student, heard[0].urgency, heard[0].kind) == (pupil.student_id, Urgency.NOW, Kind.HELP)
    assert trail(cast).actor_id == pupil.id


def test_an_anonymous_letter_of_a_signed_in_pupil_names_nobody_anywhere(cast):
    raised(cast, new(), by=cast.pupil_actor())
    row, line = stored(cast), trail(cast)
    assert (row.pupil, row.writer, row.reported_by_id, row.vouched) == (None, None, None, False)
    assert (line.actor_id, line.actor_kind, line.student_id) == (None, "anonymous", None)
    with entered(cast.platform()):
        knock = Knock.objects.get()
    assert str(cast.home.pupil.id) not in str(vars(knock)) + str(vars(row))


def test_a_teacher_reports_a_pupil_of_the_own_class(cast, heard):
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    seen = new(Kind.CONCERN, Source.STAFF, sender=str(teacher.id), pupil=cast.home.pupil.id, vouched=True)
    receipt = raised(cast, seen, by=teacher)
    assert receipt.token == ""
    assert stored(cast).reported_by_id == teacher.id
    assert heard[0].student == cast.home.pupil.id
    assert trail(cast).actor_id == teacher.id


def test_staff_of_another_school_report_nothing_here(cast):
    stranger = cast.actor(cast.other.homeroom_teacher, cast.home)
    with pytest.raises(NotVisible):
        raised(cast, new(Kind.CONCERN, Source.STAFF, sender=str(stranger.id)), by=stranger)


def test_a_pupil_of_another_school_is_nobody_here(cast):
    raised(cast, new(Kind.CONCERN, Source.GUARDIAN, pupil=cast.other.pupil.id))
    assert stored(cast).pupil is None


def test_bullying_goes_to_the_committee_and_to_nobody_else(cast, heard):
    receipt = raised(cast, new(Kind.BULLYING, Source.CLASSMATE))
    assert receipt.circle is Circle.COMMITTEE
    assert told() == [(cast.home.committee.id, "attention")]
    assert stored(cast, COMMITTEE).text == CANARY
    assert heard == []
    counsellor = reader(cast)
    with entered(counsellor):
        assert BullyingReport.objects.count() == 0


def test_a_school_without_a_committee_lets_its_counsellors_read(cast):
    Post.objects.filter(account=cast.home.committee).update(ends_on=date(2026, 1, 1))
    assert raised(cast, new(Kind.BULLYING, Source.CLASSMATE)).circle is Circle.COUNSELLOR
    assert told() == [(cast.home.counsellor.id, "attention")]


def test_a_school_without_a_counsellor_tells_its_leader_that_somebody_waits(cast):
    Post.objects.filter(account=cast.home.counsellor).update(ends_on=date(2026, 1, 1))
    raised(cast, new(Kind.HELP, Source.OTHER, urgency=Urgency.NOW))
    assert told() == [(cast.home.principal.id, "attention_now")]
    assert Notification.objects.get().path == "/s/qingshi/reports/waiting/"


def test_a_device_that_writes_very_often_waits_and_others_do_not(cast):
    for _ in range(OF_ONE_DEVICE):
        raised(cast)
    with pytest.raises(TooMany):
        raised(cast)
    raised(cast, new(sender="device@2"))
    with entered(cast.platform()):
        assert Concern.objects.count() == OF_ONE_DEVICE + 1


def test_in_a_flood_everything_is_kept_and_staff_are_told_together(cast):
    for number in range(TOLD_ONE_BY_ONE + 20):
        raised(cast, new(sender=f"device@{number}"))
    with entered(cast.platform()):
        assert Concern.objects.count() == TOLD_ONE_BY_ONE + 20
    assert len(told()) == TOLD_ONE_BY_ONE + 1


def test_a_listener_that_fails_undoes_the_report(cast, monkeypatch):
    def fails(fact, cursor):
        raise RuntimeError("broken")

    monkeypatch.setitem(events._inside, ConcernRaised, [fails])
    with pytest.raises(RuntimeError):
        raised(cast)


def test_no_word_of_a_report_leaves_its_row(cast, caplog):
    caplog.set_level(logging.DEBUG)
    raised(cast, new(about=CANARY, contact=CANARY))
    raised(cast, new(Kind.BULLYING, Source.CLASSMATE, about=CANARY))
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        jobs = str(cursor.fetchall())
    with entered(cast.platform()):
        lines = str(list(AuditEntry.objects.values()))
    assert CANARY not in caplog.text + jobs + lines + str(list(Notification.objects.values()))


def test_the_control_nobody_at_the_door_reads_what_was_written(cast):
    raised(cast)
    with entered(nobody(cast.home)):
        assert Concern.objects.count() == 0
    with entered(cast.pupil_actor()), pytest.raises(Exception, match="permission denied"):
        Concern.objects.count()


def test_two_at_the_same_moment_with_one_page_leave_one_report(cast, monkeypatch):
    """The second finds the row only when it stores its own."""
    once = new()
    raised(cast, once)
    real, calls = Concern.objects.filter, []

    def blind_at_first(*args, **kwargs):
        calls.append(kwargs)
        return real(*args, **kwargs).none() if len(calls) == 1 else real(*args, **kwargs)

    monkeypatch.setattr(raising.BOXES[Circle.COUNSELLOR].reports.objects, "filter", blind_at_first)
    again = raised(cast, once)
    monkeypatch.undo()
    assert len(again.token) == 20
    assert stored(cast).text == CANARY
