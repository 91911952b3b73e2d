"""Every page of everybody: no inline code, no framing, no guessing of types, and nothing kept that shows a person."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.world import World, guarded, path_of

INLINE = {
    "a handler": re.compile(r"<[^>]+\son[a-z]+\s*=", re.I),
    "a style attribute": re.compile(r"<(?!svg|path|g\b)[a-z][^>]*\sstyle\s*=", re.I),
    "a script without nonce": re.compile(r'<script(?![^>]*\b(?:nonce=|type="application/json"|src="/static/))', re.I),
    "a style sheet without nonce": re.compile(r"<style(?![^>]*\bnonce=)", re.I),
    "an address of code": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data:text)", re.I),
    "a foreign source": re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.I),
}
PUBLIC = ["/", "/accounts/login/", "/s/qingshi/", "/s/qingshi/door/", "/s/qingshi/goodbye/", "/s/nowhere/", "/nowhere/"]


@pytest.fixture
def world(committed_cast) -> World:
    return World(committed_cast)


def faults(answer, path: str, name: str) -> list[str]:
    """What is wrong with the headers and the body of one answer."""
    headers, found = answer.headers, []
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        found.append(f"policy {policy!r}")
    if headers.get("X-Frame-Options") != "DENY":
        found.append("may be framed")
    if headers.get("X-Content-Type-Options") != "nosniff":
        found.append("type may be guessed")
    if headers.get("Referrer-Policy") != "same-origin":
        found.append("address may leak")
    if name != "anonymous" and "no-store" not in headers.get("Cache-Control", ""):
        found.append("may be stored")
    if headers.get("Content-Type", "").startswith("text/html"):
        body = answer.content.decode()
        found += [what for what, sign in INLINE.items() if sign.search(body)]
    return [f"{path} as {name} ({answer.status_code}): {one}" for one in found]


def test_every_page_of_everybody_is_strict_and_private(world):
    found = []
    for route, _ in guarded():
        path = path_of(route, world.values(world.cast.home))
        for name in ("counsellor", "school_admin", "homeroom_teacher", "pupil", "city_officer", "security_admin"):
            answer = world.clients[name].get(path)
            signed_in = name if answer.status_code == 200 else "anonymous"
            found += faults(answer, path, signed_in)
    assert found == []


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_strict_too(committed_cast, path):
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


def test_pages_of_the_door_are_never_stored(committed_cast):
    """The next pupil at the machine presses Back."""
    for name in ("people:door", "people:goodbye"):
        answer = Client().get(reverse(name, args=["qingshi"]))
        assert "no-store" in answer.headers["Cache-Control"], name


def test_an_error_says_nothing_of_what_went_wrong(committed_cast, settings, monkeypatch):
    settings.DEBUG = False
    monkeypatch.setattr("qingyan.organisations.web.views.public.render", _fails)
    answer = Client(raise_request_exception=False).get("/s/qingshi/")
    assert answer.status_code == 500
    body = answer.content.decode()
    for word in ("canary", "Traceback", "organisations", "psycopg", "SELECT"):
        assert word not in body


def _fails(*args, **kwargs):
    raise RuntimeError("canary: 陈雨桐 answered 5")
