"""What a page had sealed before it died arrives once, and nobody can slip anything in this way."""

from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from qingyan.screening.web import lean_database
from qingyan.screening.web.sealed import AHEAD, KEPT, MOST_ENVELOPES, page_keys
from tests.screening.answering import campaign_of, fill, open_page, stored
from tests.screening.envelopes import sealed_by_page


@pytest.fixture
def cast(committed_cast):
    lean_database._facts.clear()
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def page(cast):
    return open_page(cast, cast.home.pupils_a[0], campaign_of(cast))


def envelope(page, *, item=3, value=2, seq=5, late=None, sheet=None):
    at = timezone.now() if late is None else timezone.now() - late
    sheet = sheet or page.sheet
    facts = {"seq": seq, "item": item, "value": value, "ms": 900, "at": int(at.timestamp() * 1000)}
    return sealed_by_page(page_keys(UUID(sheet))["key"], sheet, **facts)


def send(page, *envelopes):
    return page.post("/a/sealed", {"sheet": page.sheet, "sealed": list(envelopes)})[:2]


def test_what_was_sealed_is_stored_and_the_reply_shows_the_sheet(cast, page):
    page.save(0, 1, seq=1)
    status, said = send(page, envelope(page, item=3, value=2, seq=5), envelope(page, item=4, value=3, seq=6))
    assert (status, said["taken"], said["refused"], said["seq"]) == (200, 2, 0, 6)
    assert said["answers"][:5] == [1, None, None, 2, 3]
    sheet = stored(cast, page)
    assert (sheet.answers[3], sheet.sequences[3], sheet.times[3]) == (2, 5, 900)


def test_sending_twice_changes_nothing(cast, page):
    one = envelope(page)
    send(page, one)
    before = stored(cast, page)
    assert send(page, one)[0] == 200
    after = stored(cast, page)
    assert (after.answers, after.sequences, after.times) == (before.answers, before.sequences, before.times)


def test_an_older_answer_never_overwrites_a_newer_one(cast, page):
    page.save(3, 4, seq=9)
    _, said = send(page, envelope(page, item=3, value=1, seq=8))
    assert (said["taken"], said["answers"][3], said["seq"]) == (1, 4, 9)
    assert stored(cast, page).answers[3] == 4


def test_the_newest_of_several_wins_in_whatever_order_they_lie(cast, page):
    send(page, envelope(page, value=4, seq=7), envelope(page, value=1, seq=6))
    assert stored(cast, page).answers[3] == 4


@pytest.mark.parametrize("late", [KEPT * 1.01, -AHEAD * 1.5])
def test_what_is_older_than_a_day_or_from_the_future_is_refused(cast, page, late):
    status, said = send(page, envelope(page, late=late))
    assert (status, said["taken"], said["refused"]) == (200, 0, 1)
    assert stored(cast, page).answers[3] is None


def test_bad_envelopes_do_no_harm_to_good_ones(cast, page):
    good = envelope(page, item=1, value=2)
    bad = [
        good[:-3] + "AAA",
        "",
        "nonsense",
        envelope(page, item=999),
        envelope(page, value=99),
        envelope(page, seq=-1),
    ]
    status, said = send(page, *bad, good)
    assert (status, said["taken"], said["refused"]) == (200, 1, len(bad))
    assert [one for one in stored(cast, page).answers if one is not None] == [2]


def test_another_pupils_envelopes_open_nowhere_but_on_the_own_sheet(cast, page):
    other = open_page(cast, cast.home.pupils_a[1], campaign_of(cast))
    theirs = envelope(other)
    assert send(page, theirs)[1]["refused"] == 1
    status, said = page.post("/a/sealed", {"sheet": other.sheet, "sealed": [theirs]})[:2]
    assert (status, said["error"]) == (404, "not_found")
    assert stored(cast, other).answers[3] is None


def test_after_the_hand_in_nothing_is_taken(cast, page):
    fill(page, [1] * 90)
    page.finish()
    status, said = send(page, envelope(page, value=4, seq=900))
    assert (status, said["error"]) == (409, "finished")
    assert stored(cast, page).answers[3] == 1


def test_the_number_of_envelopes_and_their_size_are_bounded(page):
    one = envelope(page)
    assert send(page, *[one] * (MOST_ENVELOPES + 1))[0] == 400
    assert send(page, one + "A")[0] == 400
    assert page.post("/a/sealed", {"sheet": page.sheet, "sealed": "x"})[0] == 400


def test_without_a_sign_in_the_mailbox_is_shut(page):
    assert page.post("/a/sealed", {"sheet": page.sheet, "sealed": []}, HTTP_COOKIE="")[0] == 401
