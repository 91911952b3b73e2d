"""The answering endpoint over WSGI with a database that commits: acknowledged is durable, refused is unchanged."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.events import api as events
from qingyan.instruments import api as instruments
from qingyan.people import api as people
from qingyan.people.rules.tickets import seal
from qingyan.screening.actions import answers as slow
from qingyan.screening.contracts import HandIn
from qingyan.screening.events import AnswerSaved, AnswerSheetScored
from qingyan.screening.models import DisputedSubmission
from qingyan.screening.rules.sheets import fingerprint
from qingyan.screening.web import lean_database
from tests.screening.answering import Page, campaign_of, fill, open_page, results, same_tab, stored
from tests.screening.setting import Typist, begun, signed_in

SELF_HARM = 14


@pytest.fixture
def cast(committed_cast):
    lean_database._facts.clear()
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def page(cast):
    """The pupil of the story at her SCL-90."""
    return open_page(cast, cast.home.pupils_a[0], campaign_of(cast))


@pytest.fixture
def listener(monkeypatch):
    """Put a handler in place of the real subscribers of an event."""

    def listen(kind, handler):
        monkeypatch.setitem(events._inside, kind, [handler])

    return listen


def test_an_acknowledged_answer_is_committed(cast, page):
    assert page.save(3, 2) == (200, {"saved": 1, "answered": 1})
    assert stored(cast, page).answers[3] == 2


def test_a_late_packet_is_acknowledged_and_changes_nothing(cast, page):
    page.save(3, 2, seq=9)
    assert page.save(3, 4, seq=8) == (200, {"saved": 8, "answered": 1})
    assert stored(cast, page).answers[3] == 2


def test_saves_that_come_at_once_are_all_kept(cast, page):
    def send(item):
        page_of_tab = Page.__new__(Page)
        page_of_tab.cookie, page_of_tab.sheet, page_of_tab.seq = page.cookie, page.sheet, 0
        outcomes.append(page_of_tab.save(item, 1 + item % 5, seq=item + 1)[0])

    outcomes = []
    threads = [threading.Thread(target=send, args=(item,)) for item in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [200] * 40
    assert stored(cast, page).answers[:40] == [1 + item % 5 for item in range(40)]


def test_the_newest_of_many_saves_of_one_item_wins_whatever_their_order(cast, page):
    order = [5, 1, 9, 3, 7, 2, 8, 4, 6, 10]
    threads = [threading.Thread(target=Page.save, args=(same_tab(page), 0, 1 + seq % 5, seq)) for seq in order]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sheet = stored(cast, page)
    assert (sheet.answers[0], sheet.sequences[0]) == (1, 10)


def test_a_critical_answer_is_announced_before_it_is_acknowledged(cast, page, listener):
    heard = []
    listener(AnswerSaved, lambda event, cursor: heard.append((event.item, event.value)))
    assert page.save(SELF_HARM, 5)[0] == 200
    assert heard == [(SELF_HARM, 5)]


def test_when_the_alert_fails_the_answer_is_neither_acknowledged_nor_stored(cast, page, listener):
    def fails(event, cursor):
        raise RuntimeError("the alert could not be stored")

    listener(AnswerSaved, fails)
    status, said = page.save(SELF_HARM, 5)
    assert (status, said["error"]) == (503, "not_saved")
    assert stored(cast, page).answers[SELF_HARM] is None
    listener(AnswerSaved, lambda event, cursor: None)
    assert page.save(SELF_HARM, 5)[0] == 200, "the same connection serves again"


def test_when_the_alert_breaks_the_statement_the_answer_is_not_stored_either(cast, page, listener):
    listener(AnswerSaved, lambda event, cursor: cursor.execute("SELECT 1 / 0"))
    assert page.save(SELF_HARM, 5)[0] == 503
    assert stored(cast, page).answers[SELF_HARM] is None


def test_a_failing_score_listener_leaves_no_half_hand_in(cast, page, listener):
    fill(page, [1] * 90)
    listener(AnswerSheetScored, lambda event, cursor: cursor.execute("SELECT 1 / 0"))
    assert page.finish()[0] == 503
    assert results(cast) == []
    assert stored(cast, page).submission is None
    listener(AnswerSheetScored, lambda event, cursor: None)
    assert page.finish()[0] == 200


def test_the_lean_path_stores_what_the_slow_path_stores(cast):
    campaign = campaign_of(cast)
    values = [1 + (7 * item) % 5 for item in range(90)]
    page = open_page(cast, cast.home.pupils_a[0], campaign)
    fill(page, values)
    assert page.finish(hash=fingerprint(values), answers=values)[0] == 200
    by = signed_in(cast.home.pupils_a[1])
    with transaction.atomic(), entered(by):
        sitting = begun(campaign, "scl-90", by)
        typist = Typist(sitting)
        for item, value in enumerate(values):
            slow.save(answer=typist.answer(item, value, ms=1200), by=by, now=timezone.now())
        slow.finish(handed=HandIn(sitting.id, uuid4(), "", tuple(values)), by=by, now=timezone.now())
    one, other = results(cast)
    for column in ("values", "bands", "not_scorable", "screen", "quality", "instrument_hash", "norm_version"):
        assert getattr(one, column) == getattr(other, column), column
    assert one.values == dict(instruments.plan("scl-90").score(values, age=16).values)


def test_handing_in_again_gives_the_same_receipt(cast, page):
    fill(page, [1] * 90)
    submission = uuid4()
    first = page.finish(submission)
    assert first[0] == 200
    assert page.finish(submission) == first
    assert len(results(cast)) == 1


def test_two_hand_ins_at_once_make_one_result(cast, page):
    fill(page, [1] * 90)
    outcomes = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(same_tab(page).finish(answers=[1] * 90))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _ in outcomes} == {200}
    assert len({said["receipt"] for _, said in outcomes}) == 1
    assert len(results(cast)) == 1


def test_a_different_hand_in_is_a_conflict_and_both_are_kept(cast, page):
    fill(page, [1] * 90)
    page.finish(answers=[1] * 90)
    status, said = page.finish(answers=[2] + [1] * 89)
    assert (status, said["error"]) == (409, "different")
    assert said["message"]
    with transaction.atomic(), entered(cast.platform()):
        assert DisputedSubmission.objects.get().answers == [2] + [1] * 89
    assert stored(cast, page).answers == [1] * 90


def test_a_save_that_waited_for_the_hand_in_is_refused(cast, page):
    fill(page, [1] * 90)
    page.finish()
    status, said = page.save(0, 2)
    assert (status, said["error"]) == (409, "finished")
    assert stored(cast, page).answers[0] == 1


def test_a_session_that_is_about_to_run_out_is_renewed_by_answering(cast):
    campaign = campaign_of(cast)
    student = cast.home.pupils_a[0]
    page = open_page(cast, student, campaign)
    ticket = people.read_ticket(page.cookie, now=timezone.now())
    short = type(ticket)(**{**ticket.__dict__, "expires": int(timezone.now().timestamp()) + 300})
    page.cookie = seal(short, people.ticket_secret())
    body = {"sheet": page.sheet, "seq": 1, "item": 0, "value": 1, "ms": 5}
    _, _, headers = page.post("/a/save", body)
    assert "qy_pupil=" in headers["Set-Cookie"]
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "SameSite=Strict" in headers["Set-Cookie"]
    longer = people.read_ticket(headers["Set-Cookie"].split("qy_pupil=")[1].split(";")[0], now=timezone.now())
    assert longer.expires > short.expires + timedelta(minutes=30).total_seconds()
    assert longer.session == ticket.session


def test_a_broken_connection_is_replaced_and_the_answer_saved(cast, page):
    page.save(0, 1)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE application_name = 'qingyan-answers' AND datname = current_database()"
        )
        assert cursor.fetchone()[0] >= 1
    assert page.save(1, 1)[0] == 200
    assert stored(cast, page).answers[:2] == [1, 1]


def test_without_a_database_the_page_is_told_to_try_again(cast, page, monkeypatch):
    def gone():
        raise OSError("no route to the database")

    monkeypatch.setattr(lean_database, "pool", gone)
    status, said = page.save(0, 1)
    assert (status, said["error"]) == (503, "not_saved")


def test_the_trail_tells_that_a_sheet_was_handed_in_and_never_what_was_answered(cast, page):
    fill(page, [5] * 90)
    page.finish()
    with transaction.atomic(), entered(cast.platform()):
        entries = list(AuditEntry.objects.filter(subject_id=page.sheet).values_list("action", "detail"))
    assert "sheet.handed_in" in [action for action, _ in entries]
    told = {key for _, detail in entries for key in detail}
    assert told <= {"campaign", "instrument", "notice_version", "missing"}


def test_the_pupils_scope_stands_behind_this_path_too(cast, page):
    ticket = people.read_ticket(page.cookie, now=timezone.now())
    pupil = lean_database.Pupil.of(ticket, request_id="")
    with pytest.raises(Exception, match="row-level security"):
        lean_database._try(
            lambda cursor: cursor.execute(
                "INSERT INTO screening_disputedsubmission (id, sitting_id, student_id, school_id, school_class_id, "
                "submission, answers_hash, answers, received_at) SELECT gen_random_uuid(), %s, %s, %s, %s, "
                "gen_random_uuid(), '', '{}', now()",
                [page.sheet, cast.home.pupils_a[1].id, cast.home.school.id, cast.home.class_a.id],
            ),
            pupil,
        )


def test_the_endpoint_is_never_the_owner_and_never_above_row_security(page):
    with lean_database.pool().connection() as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == ("qingyan_app", False)
