"""The answering endpoint attacked: forged tickets, crooked requests, races, a database that dies in the middle."""

import os
import random
import threading
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from qingyan.alerts.models import Alert
from qingyan.foundation.access.scope import entered
from qingyan.foundation.events import api as events
from qingyan.people import api as people
from qingyan.people.rules.tickets import seal
from qingyan.screening.actions import campaigns
from qingyan.screening.events import AnswerSaved, AnswerSheetScored
from qingyan.screening.models import Sitting
from qingyan.screening.rules.sheets import fingerprint
from qingyan.screening.web import lean_database
from tests.screening.answering import campaign_of, fill, open_page, results, same_tab, stored
from tests.screening.setting import signed_in_at_the_door
from tests.server import SUPERUSER

SELF_HARM = 14


@pytest.fixture
def cast(committed_cast):
    lean_database._facts.clear()
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def page(cast):
    return open_page(cast, cast.home.pupils_a[0], campaign_of(cast))


@pytest.fixture
def listeners():
    """The real subscribers of an event, to which a test may add one in front."""
    before = {kind: list(handlers) for kind, handlers in events._inside.items()}
    yield events._inside
    events._inside.update(before)


def alerts(cast):
    with transaction.atomic(), entered(cast.platform()):
        return sorted(Alert.objects.values_list("rule", flat=True))


def kill(cursor):
    """As an administrator would; the app's own roles may not."""
    database = connections["owner"].settings_dict["NAME"]
    with psycopg.connect(make_conninfo(os.environ[SUPERUSER], dbname=database), autocommit=True) as link:
        link.execute("SELECT pg_terminate_backend(%s, 5000)", [cursor.connection.info.backend_pid])


def nothing_is_stored(cast, page):
    sheet = stored(cast, page)
    return set(sheet.answers) == {None} and sheet.submission is None


# Tickets


def test_a_ticket_changed_in_any_place_opens_nothing(cast, page):
    luck, whole = random.Random(7), page.cookie
    for place in range(len(whole)):
        other = luck.choice([sign for sign in "ABCXYZabcxyz0189-_" if sign != whole[place]])
        page.cookie = whole[:place] + other + whole[place + 1 :]
        status = page.save(0, 1)[0]
        if people.read_ticket(page.cookie, now=timezone.now()) is None:  # the last sign holds bits that are not used
            assert status == 401, place


@pytest.mark.parametrize(
    "cookie", ["", "A", "=" * 99, "A" * 5000, "é" * 40, "qy_pupil", "../../etc", "\x00", '"quoted"']
)
def test_a_cookie_that_is_no_ticket_opens_nothing(cast, page, cookie):
    page.cookie = cookie
    assert page.save(0, 1)[0] == 401
    assert nothing_is_stored(cast, page)


def test_a_ticket_sealed_with_another_key_or_run_out_opens_nothing(cast, page):
    ticket = people.read_ticket(page.cookie, now=timezone.now())
    page.cookie = seal(ticket, b"k" * 32)
    assert page.save(0, 1)[0] == 401
    page.cookie = seal(
        type(ticket)(**{**vars(ticket), "expires": int(timezone.now().timestamp()) - 1}), people.ticket_secret()
    )
    assert page.save(0, 1)[0] == 401
    assert nothing_is_stored(cast, page)


def test_a_ticket_whose_session_is_of_somebody_else_opens_nothing(cast, page):
    """As if the key had leaked: the database still knows whose session it is, and of which class."""
    with transaction.atomic():
        neighbour = signed_in_at_the_door(cast, cast.home.pupils_a[1])
    mine = people.read_ticket(page.cookie, now=timezone.now())
    for change in ({"session": neighbour.session}, {"session": uuid4()}, {"school": cast.other.school.id}):
        page.cookie = seal(type(mine)(**{**vars(mine), **change}), people.ticket_secret())
        assert page.save(0, 1)[0] == 401, change
        assert page.finish()[0] == 401, change
    assert nothing_is_stored(cast, page)


def test_a_pupil_who_has_left_the_class_or_the_school_writes_nothing_more(cast, page):
    pupil = cast.home.pupils_a[0]
    for change in ({"school_class_id": cast.home.class_b.id}, {"state": "left"}):
        with transaction.atomic(), entered(cast.platform()):
            type(pupil).objects.filter(id=pupil.id).update(**change)
        assert page.save(0, 1)[0] == 401
        assert page.finish()[0] == 401
        with transaction.atomic(), entered(cast.platform()):
            type(pupil).objects.filter(id=pupil.id).update(school_class_id=cast.home.class_a.id, state="enrolled")
    assert nothing_is_stored(cast, page)


# Races


def test_a_race_of_answers_against_the_hand_in_ends_in_one_truth(cast, page):
    """Whatever was acknowledged is what was scored: no answer slips in after the scores."""
    fill(page, [1] * 90)
    acknowledged, refused = [], []

    def answer(seq):
        status, said = same_tab(page).save(seq % 90, 1 + seq % 5, seq=1000 + seq)
        (acknowledged if status == 200 else refused).append((seq, status, said.get("error")))

    def hand_in():
        refused.append(("finish", *same_tab(page).finish()))

    threads = [threading.Thread(target=answer, args=(seq,)) for seq in range(40)]
    threads.insert(20, threading.Thread(target=hand_in))
    threads.insert(25, threading.Thread(target=hand_in))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sheet = stored(cast, page)
    (result,) = results(cast)
    for seq, _, _ in acknowledged:
        assert (sheet.answers[seq % 90], sheet.sequences[seq % 90]) == (1 + seq % 5, 1000 + seq)
    assert {error for _, status, error in refused if status == 409} <= {"finished"}
    assert sheet.answers_hash == fingerprint(sheet.answers)
    assert result.values["total"] == sum(sheet.answers)


def test_fifty_threads_at_one_sheet_lose_nothing(cast, page):
    outcomes = []

    def send(item):
        for turn in range(4):
            outcomes.append(same_tab(page).save(item, 1 + (item + turn) % 5, seq=10 * item + turn)[0])

    threads = [threading.Thread(target=send, args=(item,)) for item in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [200] * 200
    assert stored(cast, page).answers[:50] == [1 + (item + 3) % 5 for item in range(50)]


def test_a_round_that_is_closed_meanwhile_takes_nothing_more(cast):
    campaign = campaign_of(cast)
    page = open_page(cast, cast.home.pupils_a[0], campaign)
    assert page.save(0, 2)[0] == 200
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with transaction.atomic(), entered(counsellor):
        campaigns.close(campaign=campaign, by=counsellor, now=timezone.now())
    for status, said in (page.save(1, 2), page.save(SELF_HARM, 5), page.finish()):
        assert (status, said["error"]) == (409, "closed")
    assert stored(cast, page).answers[:2] == [2, None]
    assert results(cast) == []


def test_a_sheet_that_was_stopped_takes_the_answer_that_was_on_its_way(cast, page):
    with transaction.atomic(), entered(cast.platform()):
        Sitting.objects.filter(id=page.sheet).update(state="stopped", stopped_at=timezone.now())
    assert page.save(0, 2)[0] == 200
    assert stored(cast, page).answers[0] == 2


def test_a_late_packet_with_a_critical_answer_is_not_stored_but_heard(cast, page):
    """Somebody chose it, if only for a moment; it is acknowledged, so somebody must hear of it."""
    assert page.save(SELF_HARM, 1, seq=9)[0] == 200
    assert alerts(cast) == []
    assert page.save(SELF_HARM, 5, seq=8)[0] == 200
    assert stored(cast, page).answers[SELF_HARM] == 1
    assert alerts(cast) == ["scl90_end_life_red"]
    assert page.save(SELF_HARM, 5, seq=8)[0] == 200
    assert alerts(cast) == ["scl90_end_life_red"], "once"


# A database that dies in the middle


def test_a_connection_that_dies_in_the_middle_of_a_critical_answer_is_tried_again_and_alerts_once(
    cast, page, listeners
):
    page.save(0, 1)
    deaths = []

    def dies_once(event, cursor):
        if not deaths:
            deaths.append(event)
            kill(cursor)

    listeners[AnswerSaved].append(dies_once)
    assert page.save(SELF_HARM, 5)[0] == 200
    assert len(deaths) == 1
    assert stored(cast, page).answers[SELF_HARM] == 5
    assert alerts(cast) == ["scl90_end_life_red"]


def test_a_connection_that_always_dies_acknowledges_nothing_and_the_pool_recovers(cast, page, listeners):
    def dies(event, cursor):
        kill(cursor)

    listeners[AnswerSaved].append(dies)
    listeners[AnswerSheetScored].append(dies)
    for _ in range(lean_database.POOL_SIZE + 2):
        assert page.save(SELF_HARM, 5)[0] == 503
    assert page.finish()[0] == 503
    assert nothing_is_stored(cast, page)
    assert (alerts(cast), results(cast)) == ([], [])
    listeners[AnswerSaved].remove(dies)
    listeners[AnswerSheetScored].remove(dies)
    assert page.save(SELF_HARM, 5)[0] == 200
    assert page.finish()[0] == 200
    assert alerts(cast).count("scl90_end_life_red") == 1


def test_a_commit_that_fails_acknowledges_nothing(cast, page, listeners):
    """A deferred key is checked by COMMIT itself: the last thing that can still go wrong."""

    def breaks_at_commit(event, cursor):
        cursor.execute(
            "INSERT INTO archives_entry (id, school_id, student_id, kind, at, title, source, content) "
            "VALUES (gen_random_uuid(), %s, %s, 'result', now(), 'x', gen_random_uuid(), '{}')",
            [event.school, uuid4()],
        )

    listeners[AnswerSheetScored].append(breaks_at_commit)
    fill(page, [1] * 90)
    assert page.finish()[0] == 503
    assert results(cast) == []
    assert stored(cast, page).submission is None
    listeners[AnswerSheetScored].remove(breaks_at_commit)
    assert page.finish()[0] == 200


def test_an_answer_that_waits_for_a_held_sheet_is_acknowledged_only_when_it_is_stored(cast, page):
    page.save(0, 1)
    with transaction.atomic(), entered(cast.platform()), connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM screening_answersheet WHERE sitting_id = %s FOR UPDATE", [page.sheet])
        outcome = []
        waiting = threading.Thread(target=lambda: outcome.append(same_tab(page).save(1, 2, seq=50)[0]))
        waiting.start()
        waiting.join(timeout=1)
        assert waiting.is_alive()
    waiting.join()
    assert outcome == [200]
    assert stored(cast, page).answers[1] == 2


def test_the_grace_after_the_last_minute_ends(cast):
    campaign = campaign_of(cast)
    page = open_page(cast, cast.home.pupils_a[0], campaign)
    for minutes, status in ((1, 200), (59, 200), (61, 409)):
        type(campaign).objects.filter(id=campaign.id).update(
            opens_at=timezone.now() - timedelta(days=1), closes_at=timezone.now() - timedelta(minutes=minutes)
        )
        assert page.save(minutes, 1)[0] == status
