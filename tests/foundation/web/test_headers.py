"""Public pages and errors: no inline code, no framing, no guessing of types. All other pages: tests/matrix."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.foundation.web.strictness import INLINE, faults

PUBLIC = ["/", "/accounts/login/", "/s/qingshi/", "/s/qingshi/door/", "/s/qingshi/goodbye/", "/s/nowhere/", "/nowhere/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_strict_too(cast, path):
    assert faults(Client(raise_request_exception=False).get(path), path, "anonymous") == []


@pytest.mark.parametrize(
    "body",
    [
        '<a onclick="x()">',
        '<p style="color:red">',
        "<script>x()</script>",
        "<style>p{}</style>",
        '<a href="javascript:x()">',
        '<img src="//evil.example/x.png">',
    ],
)
def test_the_control_a_careless_page_is_noticed(body):
    assert [what for what, sign in INLINE.items() if sign.search(body)]


def test_pages_of_the_door_are_never_stored(cast):
    """The next pupil at the machine presses Back."""
    for name in ("people:door", "people:goodbye"):
        answer = Client().get(reverse(name, args=["qingshi"]))
        assert "no-store" in answer.headers["Cache-Control"], name


def test_an_error_says_nothing_of_what_went_wrong(cast, settings, monkeypatch):
    settings.DEBUG = False
    monkeypatch.setattr("qingyan.organisations.web.views.public.render", _fails)
    answer = Client(raise_request_exception=False).get("/s/qingshi/")
    assert answer.status_code == 500
    body = answer.content.decode()
    for word in ("canary", "Traceback", "organisations", "psycopg", "SELECT"):
        assert word not in body


def _fails(*args, **kwargs):
    raise RuntimeError("canary: 陈雨桐 answered 5")
