"""The answering endpoint refuses: other people, other machines, and what our page would not send."""

from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import get_language

from qingyan.people import api as people
from qingyan.screening.web import lean, lean_database
from qingyan.screening.web.lean import LARGEST_BODY
from tests.screening.answering import Page, campaign_of, open_page, stored
from tests.screening.setting import signed_in_at_the_door


@pytest.fixture
def cast(committed_cast):
    lean_database._facts.clear()
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def page(cast):
    """The pupil of the story at her SCL-90."""
    return open_page(cast, cast.home.pupils_a[0], campaign_of(cast))


def test_signing_in_elsewhere_ends_the_first_machine_and_keeps_its_answers(cast, page):
    page.save(0, 1)
    with transaction.atomic():
        second = Page(signed_in_at_the_door(cast, cast.home.pupils_a[0]), page.sheet)
    assert page.save(1, 1) == (401, page.save(1, 1)[1])
    assert page.save(1, 1)[1]["error"] == "signed_out"
    assert second.save(1, 2, seq=5)[0] == 200
    assert stored(cast, page).answers[:2] == [1, 2]


def test_signing_out_ends_saving_and_handing_in(cast, page):
    page.save(0, 1)
    with transaction.atomic():
        ticket = people.read_ticket(page.cookie, now=timezone.now())
        people.end_session(ticket=ticket, now=timezone.now())
    assert page.save(1, 1)[0] == 401
    assert page.finish()[0] == 401


def test_another_pupil_and_another_school_get_not_found(cast, page):
    for student in (cast.home.pupils_a[1], cast.other.pupil):
        with transaction.atomic():
            stranger = Page(signed_in_at_the_door(cast, student), page.sheet)
        for status, said in (stranger.save(0, 1), stranger.finish()):
            assert (status, said["error"]) == (404, "not_found")
    nowhere = Page(people.read_ticket(page.cookie, now=timezone.now()), uuid4())
    assert nowhere.save(0, 1) == stranger.save(0, 1), "an existing sheet of somebody else looks like none"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"HTTP_COOKIE": ""}, 401),
        ({"HTTP_COOKIE": "qy_pupil=forged"}, 401),
        ({"HTTP_X_QINGYAN": ""}, 403),
        ({"HTTP_ORIGIN": "http://evil.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_HOST": "evil.example", "HTTP_ORIGIN": "http://evil.example"}, 403),
        ({"CONTENT_TYPE": "text/plain"}, 415),
        ({"CONTENT_TYPE": "application/x-www-form-urlencoded"}, 415),
        ({"REQUEST_METHOD": "GET"}, 405),
        ({"PATH_INFO": "/a/other"}, 404),
        ({"CONTENT_LENGTH": str(LARGEST_BODY + 1)}, 413),
        ({"CONTENT_LENGTH": "x"}, 400),
        ({"CONTENT_LENGTH": ""}, 400),
    ],
)
def test_what_our_page_would_not_send_is_refused_in_words_and_changes_nothing(cast, page, changes, status):
    assert page.save(0, 1, **changes)[0] == status
    assert stored(cast, page).answers[0] is None


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"sheet": 1}', b"\xff\xfe", b"[" * 60_000, b'{"sheet":"%s","seq":1.5}'],
)
def test_garbage_is_a_bad_request(page, body):
    assert page.post("/a/save", body)[0] == 400


def test_a_crooked_cookie_of_a_neighbour_does_not_stop_an_answer(cast, page):
    assert page.save(0, 1, HTTP_COOKIE=f"a@b,c=1; qy_pupil={page.cookie}")[0] == 200
    assert page.save(0, 1, HTTP_COOKIE="a@b,c=1")[0] == 401


def test_a_refusal_speaks_the_language_of_the_page(page, monkeypatch):
    spoken = []
    monkeypatch.setattr(lean.translation, "gettext", lambda words: spoken.append(get_language()) or words)
    for cookie in ("django_language=en", "django_language=zh-hans", "django_language=xx", ""):
        page.save(0, 1, HTTP_COOKIE=cookie)
    assert spoken == ["en", "zh-hans", "zh-hans", "zh-hans"]


def test_a_value_that_is_no_option_is_refused(cast, page):
    assert page.save(0, 99)[0] == 422
    assert page.save(90, 1)[0] == 422
