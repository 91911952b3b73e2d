"""The vault: a process note is its author's alone, by the database; a summary is the counsellors'."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from qingyan.cases.actions.noting import Held, Unfit, correct, note_counselling, open_notes
from qingyan.cases.models import Counselling, ProcessNote, TeamSummary
from qingyan.cases.queries.notes import counsellings_of, notes_of
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.cases.setting import colleague, counsellor, leader, opened

SUMMARY, PROCESS = "睡眠好一些，约了下周", "她提到外婆时哭了很久"


def noted(cast, case=None, **changes) -> Counselling:
    by, now = counsellor(cast), timezone.now()
    found = case or opened(cast)
    given = {"at": now - timedelta(hours=1), "minutes": 40, "way": "room", "summary": SUMMARY, "process": PROCESS}
    with entered(by):
        return note_counselling(case=found, held=Held(**{**given, **changes}), by=by, now=now)


def shown(model, by) -> int:
    """Rows that this person's scope shows, past every page and query of ours."""
    with entered(by):
        try:
            with transaction.atomic():
                return model.objects.count()
        except ProgrammingError:
            return 0


def test_another_counsellor_reads_the_summary_and_not_the_process_note(cast):
    talk, other = noted(cast), colleague(cast)
    with entered(other):
        assert TeamSummary.objects.get().text == SUMMARY
        assert ProcessNote.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_processnote")
            assert cursor.fetchone()[0] == 0, "nor by a statement that asks for nothing but rows"
        (found,) = notes_of(other, list(counsellings_of(talk.case)))
        assert (found.process, found.own) == ([], False)
    with entered(counsellor(cast)):
        assert ProcessNote.objects.get().text == PROCESS, "the control: the author"


@pytest.mark.parametrize("model", [Counselling, TeamSummary, ProcessNote])
def test_leaders_teachers_admins_officers_and_other_schools_see_no_row(cast, model):
    noted(cast)
    home = cast.home
    others = [leader(cast), counsellor(cast, cast.other), cast.actor(cast.district_lead), cast.actor(cast.city_officer)]
    others += [cast.actor(one, home) for one in (home.homeroom_teacher, home.school_admin, home.committee)]
    assert {shown(model, one) for one in others} == {0}
    assert shown(model, counsellor(cast)) == 1, "the control"


def test_not_even_the_platform_with_every_sight_reads_a_process_note(cast):
    noted(cast)
    assert shown(TeamSummary, cast.platform()) == 1
    assert shown(ProcessNote, cast.platform()) == 0


def test_a_correction_is_a_new_version_beside_the_old_one(cast):
    talk, by = noted(cast), counsellor(cast)
    with entered(by):
        correct(counselling_id=talk.id, summary="约了周三", process="", by=by, now=timezone.now())
        (found,) = notes_of(by, list(counsellings_of(talk.case)))
        assert [one.text for one in found.summaries] == ["约了周三", SUMMARY]
        assert [one.text for one in found.process] == [PROCESS]
        with pytest.raises(Unfit):
            correct(counselling_id=talk.id, summary=" ", process="", by=by, now=timezone.now())


@pytest.mark.parametrize("model", [Counselling, TeamSummary, ProcessNote])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_nothing_can_be_overwritten_or_deleted(cast, model, statement):
    noted(cast)
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with entered(counsellor(cast)), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))


def test_only_who_held_the_talk_writes_a_new_version(cast):
    talk, other = noted(cast), colleague(cast)
    with entered(other), pytest.raises(NotVisible):
        correct(counselling_id=talk.id, summary="x", process="", by=other, now=timezone.now())


def test_every_read_is_recorded_and_says_nothing_of_the_content(cast):
    talk, other = noted(cast), colleague(cast)
    for by in (counsellor(cast), other):
        with entered(by):
            open_notes(case_id=talk.case_id, by=by, now=timezone.now())
    with entered(cast.platform()):
        lines = AuditEntry.objects.filter(action="counselling.read").order_by("id")
        assert [one.detail["own_process_notes"] for one in lines] == [1, 0]
        everything = str(list(AuditEntry.objects.values()))
    assert SUMMARY not in everything
    assert PROCESS not in everything


@pytest.mark.parametrize(
    "wrong", [{"minutes": 0}, {"way": "chat"}, {"summary": " "}, {"at": timezone.now() + timedelta(days=1)}]
)
def test_what_cannot_have_been_is_refused(cast, wrong):
    with pytest.raises(Unfit):
        noted(cast, **wrong)
