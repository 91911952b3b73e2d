"""Answers stored together: each row under its school's and its pupil's policy, no neighbour harmed, trail whole."""

import threading
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections, transaction
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry
from qingyan.foundation.access.scope import SET_ALL, Scope, entered, scope_of_pupils
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.audit.verify import verify
from qingyan.foundation.events import api as events
from qingyan.people import api as people
from qingyan.screening.actions import saving_together
from qingyan.screening.actions.handing_in_together import Asked
from qingyan.screening.actions.saving_together import Save
from qingyan.screening.contracts import Answer, HandIn
from qingyan.screening.events import AnswerSaved, AnswerSheetScored
from qingyan.screening.models import AnswerSheet, Result
from qingyan.screening.web import lean_database, lean_together
from qingyan.screening.web.lean_batches import NOT_YET, Turn
from qingyan.screening.web.lean_together import Job
from tests.screening.answering import open_page, same_tab, stored
from tests.screening.setting import city_round

SELF_HARM = 14


@pytest.fixture
def cast(committed_cast):
    lean_database._facts.clear()
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def pages(cast):
    """Three pupils, two of one school and one of another, at the SCL-90 of the city's round."""
    with transaction.atomic():
        campaign = city_round(cast, "scl-90")
    return [open_page(cast, student, campaign) for student in (*cast.home.pupils_a[:2], cast.other.pupil)]


@pytest.fixture
def listeners():
    before = {kind: list(handlers) for kind, handlers in events._inside.items()}
    yield events._inside
    events._inside.update(before)


def pupil_of(page):
    ticket = people.read_ticket(page.cookie, now=timezone.now())
    return lean_database.Pupil.of(ticket, request_id="r")


def facts_of(page, cast):
    pupil = pupil_of(page)
    return lean_database._facts_together(sheet_of(page), pupil, timezone.now())


def sheet_of(page):
    return UUID(page.sheet)


def save_turn(page, cast, item, value, seq):
    answer = Answer(sheet=sheet_of(page), item=item, value=value, seq=seq, ms=900)
    pupil = pupil_of(page)
    return Turn(Job(pupil.scope, Save(answer, facts_of(page, cast), pupil.writer), timezone.now()), page.sheet)


def finish_turn(page, **more):
    pupil = pupil_of(page)
    handed = HandIn(sheet_of(page), uuid4(), more.get("hash", ""), more.get("answers"))
    return Turn(Job(pupil.scope, Asked(handed, pupil.writer), timezone.now()), page.sheet)


def fill_sheets(cast, value):
    """As if every item had been answered so."""
    for place in (cast.home, cast.other):
        with transaction.atomic(), entered(cast.platform(place)):
            AnswerSheet.objects.update(answers=[value] * 90, times=[1200] * 90, sequences=[1] * 90)


def at_both(cast, model):
    found = []
    for place in (cast.home, cast.other):
        with transaction.atomic(), entered(cast.platform(place)):
            found += list(model.objects.all())
    return found


def test_answers_of_two_schools_are_stored_in_one_transaction_each_at_its_school(cast, pages):
    turns = [save_turn(page, cast, 3 + number, 2, 7) for number, page in enumerate(pages)]
    lean_together.save(lean_database._connect, turns)
    assert [turn.outcome.seq for turn in turns] == [7, 7, 7]
    sheets = {str(sheet.sitting_id): sheet for sheet in at_both(cast, AnswerSheet)}
    assert [sheets[page.sheet].answers[3 + number] for number, page in enumerate(pages)] == [2, 2, 2]


def test_what_is_stored_together_is_what_is_stored_alone(cast, pages, monkeypatch):
    fill_sheets(cast, 3)
    turns = [finish_turn(page, answers=(3,) * 90) for page in pages]
    lean_together.finish(lean_database._connect, turns[1:])
    monkeypatch.setattr(lean_database._hand_ins, "run", lambda item, key: NOT_YET)
    assert pages[0].finish(answers=[3] * 90)[0] == 200
    one, two, three = at_both(cast, Result)
    for column in ("values", "bands", "not_scorable", "screen", "quality", "instrument_hash", "rule_version"):
        assert getattr(one, column) == getattr(two, column) == getattr(three, column), column
    raised = sorted((alert.sitting_id, alert.rule) for alert in at_both(cast, Alert))
    assert len(raised) == 3 * len({rule for _, rule in raised}) > 0, "the same alerts for each"
    filed = [
        (entry.student_id, entry.kind, entry.source) for entry in at_both(cast, Entry) if entry.kind != "enrolment"
    ]
    assert len(filed) == len(set(filed)) == 3 + len(raised)
    actions = [entry.action for entry in at_both(cast, AuditEntry)]
    assert actions.count("sheet.handed_in") == 3
    assert actions.count("alert.raise") == len(raised)


def test_the_trail_of_answers_stored_together_is_whole(cast, pages):
    lean_together.save(lean_database._connect, [save_turn(page, cast, SELF_HARM, 5, 9) for page in pages])
    fill_sheets(cast, 2)
    lean_together.finish(lean_database._connect, [finish_turn(page) for page in pages])
    assert verify(connections["owner"]) == []
    entries = [entry for entry in at_both(cast, AuditEntry) if entry.action == "sheet.saved"]
    assert sorted(entry.chain for entry in entries) == sorted([cast.home.school.id] * 2 + [cast.other.school.id])
    assert {entry.request_id for entry in entries} == {"r"}


def test_pupils_of_two_schools_have_no_common_scope(pages):
    scopes = [pupil_of(page).scope for page in pages]
    assert scope_of_pupils(scopes[:2]).school == scopes[0].school
    with pytest.raises(ValueError, match="one school"):
        scope_of_pupils(scopes)
    with pytest.raises(ValueError, match="one school"):
        scope_of_pupils([])
    with pytest.raises(ValueError, match="only pupils"):
        scope_of_pupils([Scope(kind="staff", school="1")])


def in_scope(pages, statement, values=None):
    """Run in the common scope of these pages' pupils, and roll back."""
    scope = scope_of_pupils([pupil_of(page).scope for page in pages])
    with lean_database.pool().connection() as link:
        link.execute("BEGIN")
        try:
            link.execute(SET_ALL, scope.values())
            cursor = link.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
        finally:
            link.execute("ROLLBACK")


def test_a_row_of_another_pupil_or_school_in_the_statement_is_not_written(cast, pages):
    """As if a batch had been put together wrongly: the policies check each row against school and pupils."""
    turns = [save_turn(page, cast, 3, 2, 7) for page in pages]
    for stranger in (1, 2):
        with lean_database.pool().connection() as link:
            link.execute("BEGIN")
            link.execute(SET_ALL, scope_of_pupils([pupil_of(pages[0]).scope]).values())
            cursor = link.cursor()
            saves = [turns[0].item.work, turns[stranger].item.work]
            saving_together.save_many(cursor, saves, now=timezone.now())
            assert set(saving_together.saved_of(cursor, saves)) == {sheet_of(pages[0])}
            link.execute("ROLLBACK")


INSERT = """
INSERT INTO archives_entry (id, school_id, student_id, kind, at, title, source, content)
VALUES (gen_random_uuid(), %s, %s, 'result', now(), 'x', gen_random_uuid(), '{}')
"""


def test_only_the_pupils_of_the_batch_can_be_written_for(cast, pages):
    home, mine = cast.home.school.id, cast.home.pupils_a[0].id
    in_scope(pages[:2], INSERT, (home, mine))
    for row in ((home, cast.home.pupils_a[2].id), (cast.other.school.id, cast.other.pupil.id)):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            in_scope(pages[:2], INSERT, row)
    assert in_scope(pages[:2], "SELECT count(*) FROM screening_answersheet") == [(2,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        in_scope(pages[:2], "SELECT count(*) FROM alerts_alert")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="not of the entered scope"):
        in_scope(pages[:2], "SELECT audit.append_many(%s, '[]'::jsonb)", (cast.other.school.id,))


def test_whoever_forgets_the_narrow_role_sees_nothing(cast, pages):
    values = scope_of_pupils([pupil_of(page).scope for page in pages[:2]]).values()
    with lean_database.pool().connection() as link:
        link.execute("BEGIN")
        link.execute(SET_ALL, (*values[:-1], "none"))
        assert link.execute("SELECT count(*) FROM screening_answersheet").fetchone() == (0,)
        link.execute("ROLLBACK")


def test_one_crooked_row_fails_alone_and_its_neighbours_are_stored(cast, pages, listeners):
    fill_sheets(cast, 2)
    crooked = pupil_of(pages[1]).writer.student

    def breaks(event, cursor):
        if event.student == crooked:
            cursor.execute("SELECT 1 / 0")

    listeners[AnswerSheetScored].append(breaks)
    turns = [finish_turn(page) for page in pages]
    with pytest.raises(psycopg.errors.DivisionByZero):
        lean_together.finish(lean_database._connect, turns)
    assert at_both(cast, Result) == []
    assert [turn.outcome for turn in turns] == [NOT_YET] * 3
    assert at_once(pages, lambda page: page.finish()[0]) == [200, 503, 200]
    assert len(at_both(cast, Result)) == 2


def test_a_save_whose_alert_fails_harms_no_neighbour(cast, pages, listeners):
    crooked = pupil_of(pages[1]).writer.student

    def breaks(event, cursor):
        if event.student == crooked:
            raise RuntimeError("the alert could not be stored")

    listeners[AnswerSaved].append(breaks)
    assert at_once(pages, lambda page: page.save(SELF_HARM, 5)[0]) == [200, 503, 200]
    assert stored(cast, pages[1]).answers[SELF_HARM] is None


def test_what_is_not_plain_goes_alone_and_is_told_why(cast, pages):
    fill_sheets(cast, 2)
    assert pages[0].finish(answers=[2] * 90)[0] == 200
    turns = [finish_turn(pages[0]), finish_turn(pages[1], answers=(1,) * 90), finish_turn(pages[2])]
    lean_together.finish(lean_database._connect, turns)
    assert [turn.outcome is NOT_YET for turn in turns] == [True, True, False]
    assert pages[1].finish(answers=[1] * 90)[1]["error"] == "different"
    late = save_turn(pages[0], cast, 3, 2, 50)
    lean_together.save(lean_database._connect, [late])
    assert late.outcome is NOT_YET
    assert pages[0].save(3, 2, seq=50)[1]["error"] == "finished"


def test_a_session_that_has_ended_writes_nothing_in_company_either(cast, pages):
    turns = [save_turn(page, cast, 3, 2, 7) for page in pages[:2]]
    with transaction.atomic():
        people.end_session(ticket=people.read_ticket(pages[0].cookie, now=timezone.now()), now=timezone.now())
    lean_together.save(lean_database._connect, turns)
    assert [turn.outcome is NOT_YET for turn in turns] == [True, False]
    assert stored(cast, pages[0]).answers[3] is None


def test_a_held_sheet_holds_up_nobody_else(cast, pages):
    for page in pages:
        page.save(0, 1)
    with transaction.atomic(), entered(cast.platform()), connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM screening_answersheet WHERE sitting_id = %s FOR UPDATE", [pages[0].sheet])
        outcome = []
        waiting = threading.Thread(target=lambda: outcome.append(same_tab(pages[0]).save(1, 2, seq=50)[0]))
        waiting.start()
        assert at_once(pages[1:], lambda page: page.save(1, 2)[0]) == [200, 200]
        assert waiting.is_alive()
    waiting.join()
    assert outcome == [200]


def at_once(pages, act):
    """What each page is told when all act at the same moment."""
    told, ready = {}, threading.Barrier(len(pages))

    def send(page):
        ready.wait()
        told[page.sheet] = act(page)

    threads = [threading.Thread(target=send, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [told[page.sheet] for page in pages]
