"""Whatever a request to the answering endpoint holds, it is refused in words or stored, and never a fault."""

import io
import json
from uuid import uuid4

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingyan.foundation.access.scope import entered
from qingyan.screening.actions import handing_in
from qingyan.screening.models import DisputedSubmission
from qingyan.screening.web import lean_database
from tests.screening.answering import campaign_of, fill, open_page, results, stored


@pytest.fixture
def cast(committed_cast):
    lean_database._facts.clear()
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def page(cast):
    return open_page(cast, cast.home.pupils_a[0], campaign_of(cast))


def nothing_is_stored(cast, page):
    sheet = stored(cast, page)
    return set(sheet.answers) == {None} and sheet.submission is None


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NUMBERS = st.integers(-3, 95) | st.sampled_from([2**31, 2**63, -(2**63), 10**400, -1]) | st.floats() | ANY_JSON


def test_whatever_the_fields_hold_it_is_refused_or_stored_and_never_a_fault(cast, page):
    said_of = set()

    @given(ANY_JSON | st.just(page.sheet), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    def attack(sheet, seq, item, value, ms):
        body = {"sheet": sheet, "seq": seq, "item": item, "value": value, "ms": ms}
        status, said, _ = page.post("/a/save", json.dumps(body).encode())
        assert status in (200, 400, 404, 422), (body, said)
        said_of.add(status)

    attack()
    assert said_of >= {400, 422}, "the attack reaches beyond the shape of the body"


HASHES = st.text(max_size=80) | st.text("0123456789abcdef", min_size=60, max_size=70) | ANY_JSON


def test_whatever_a_hand_in_holds_it_is_refused_and_never_a_fault(cast, page):
    @given(HASHES, st.none() | st.lists(NUMBERS | st.none(), max_size=92), st.uuids().map(str) | ANY_JSON)
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    def attack(given_hash, answers, submission):
        body = {"sheet": page.sheet, "submission": submission, "hash": given_hash or "x", "answers": answers}
        status, said, _ = page.post("/a/finish", json.dumps(body).encode())
        assert status in (400, 409, 422), (body, said)

    attack()
    assert results(cast) == []


@pytest.mark.parametrize("hash_", ["0" * 65, "0" * 63, "x" * 64, "A" * 64, "\x00" * 64, "\ud800", "' OR 1=1 --"])
def test_a_fingerprint_that_is_none_is_a_bad_request_and_is_not_kept(cast, page, hash_):
    raw = json.dumps({"sheet": page.sheet, "submission": str(uuid4()), "hash": hash_}).encode()
    assert page.post("/a/finish", raw)[0] == 400
    with transaction.atomic(), entered(cast.platform()):
        assert not DisputedSubmission.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b'{"sheet":"%s","seq":NaN,"item":0,"value":1,"ms":0}',
        b'{"sheet":"%s","seq":Infinity,"item":0,"value":1,"ms":0}',
        b'{"sheet":"%s","seq":1,"item":0,"value":1,"ms":0,"student":"x"}',
        b'{"sheet":"%s","seq":1,"item":0,"value":1}',
        b'{"sheet":"%s","seq":true,"item":0,"value":1,"ms":0}',
        b'{"sheet":"%s","seq":"1","item":0,"value":1,"ms":0}',
        b'{"sheet":"%s","seq":1,"item":0,"value":1,"ms":0} trailing',
        b'\xef\xbb\xbf{"sheet":"%s","seq":1,"item":0,"value":1,"ms":0}',
        b'{"a":' * 10000,
    ],
)
def test_json_that_is_not_what_the_page_sends_is_a_bad_request(cast, page, raw):
    assert page.post("/a/save", raw.replace(b"%s", page.sheet.encode()))[0] == 400
    assert nothing_is_stored(cast, page)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"HTTP_ORIGIN": "http://["}, 403),
        ({"HTTP_ORIGIN": "http://testserver:80@evil.example"}, 403),
        ({"HTTP_ORIGIN": "http://testserver.evil.example"}, 403),
        ({"HTTP_ORIGIN": ""}, 403),
        ({"HTTP_HOST": ""}, 403),
        ({"HTTP_HOST": "["}, 403),
        ({"HTTP_HOST": "testserver, evil.example"}, 403),
        ({"HTTP_X_QINGYAN": "2"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 403),
        ({"CONTENT_TYPE": "multipart/form-data; boundary=application/json"}, 415),
        ({"CONTENT_TYPE": ""}, 415),
        ({"CONTENT_LENGTH": "-5"}, 400),
        ({"CONTENT_LENGTH": "10"}, 400),
        ({"CONTENT_LENGTH": "9" * 5000}, 400),
        ({"CONTENT_LENGTH": "60000"}, 200),
        ({"PATH_INFO": "/a/save/"}, 404),
        ({"PATH_INFO": "/a/../s/"}, 404),
        ({"REQUEST_METHOD": "PUT"}, 405),
        ({"REQUEST_METHOD": "OPTIONS"}, 405),
        ({"HTTP_COOKIE": "qy_pupil=" + "a" * 100_000}, 401),
    ],
)
def test_a_crooked_request_is_refused_in_words(cast, page, changes, status):
    assert page.save(0, 1, **changes)[0] == status
    assert nothing_is_stored(cast, page) == (status != 200)


def test_a_request_that_is_cut_off_is_not_saved(cast, page):
    raw = json.dumps({"sheet": page.sheet, "seq": 1, "item": 0, "value": 1, "ms": 0}).encode()
    half = {"wsgi.input": io.BytesIO(raw[:40]), "CONTENT_LENGTH": str(len(raw))}
    assert page.post("/a/save", raw, **half)[0] == 400
    assert nothing_is_stored(cast, page)


def test_somebody_who_hands_in_differently_a_hundred_times_fills_no_table(cast, page):
    fill(page, [1] * 90)
    for number in range(60):
        assert page.finish(hash=f"{number:064x}")[0] == 409
    with transaction.atomic(), entered(cast.platform()):
        assert 1 <= DisputedSubmission.objects.count() <= handing_in.MOST_DISPUTES
    assert page.finish()[0] == 200, "the honest hand-in is still taken"
