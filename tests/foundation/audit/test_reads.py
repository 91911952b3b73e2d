"""Whoever sees what is sensitive about a pupil has left a line first; when the trail is shut, so are these pages."""

import pytest
from django.db import connections

from tests.factories.world import World, guarded, path_of

SENSITIVE = {"alerts.read", "alerts.acknowledge", "alerts.read_answers", "archives.read_file"}
APPEND = "audit.append(bigint, timestamptz, uuid, text, text, text, text, text, uuid, text, text, jsonb)"
ONLY_ASKS = (
    "s/<slug:slug>/answers/<uuid:sitting_id>/"  # shows whose answers they are and asks for a purpose; POST shows
)


def pages(world: World) -> list[tuple[str, str, str]]:
    """(route, member of the cast, address) of every sensitive page that the home school offers."""
    values = world.values(world.cast.home)
    wanted = [(route, pattern.callback.permissions) for route, pattern in guarded()]
    return [
        (route, "counsellor", path_of(route, values))
        for route, permissions in wanted
        if SENSITIVE & {permission.code for permission in permissions}
    ]


def lines() -> int:
    """How long all chains are together."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        return cursor.fetchone()[0]


def shows_somebody(world: World, body: str) -> bool:
    return any(word in body for word in (*world.records["qingshi"].canaries, world.cast.home.pupil.name))


def test_every_sensitive_page_that_shows_somebody_leaves_a_line(world):
    seen, silent = 0, []
    for route, name, path in pages(world):
        before = lines()
        answer = world.clients[name].get(path)
        if answer.status_code == 200 and shows_somebody(world, answer.content.decode()) and route != ONLY_ASKS:
            seen += 1
            silent += [path] if lines() != before + 1 else []
    assert silent == []
    assert seen >= 6


def test_raw_answers_leave_a_line_with_their_purpose(world):
    path = path_of(ONLY_ASKS, world.values(world.cast.home))
    before = lines()
    page = world.clients["counsellor"].post(path, {"purpose": "risk"}).content.decode()
    assert world.cast.home.pupil.name in page
    assert lines() == before + 1


@pytest.fixture
def trail_is_shut(world):
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"REVOKE EXECUTE ON FUNCTION {APPEND} FROM qingyan_app, qingyan_narrow")
        yield
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {APPEND} TO qingyan_app, qingyan_narrow")


def test_when_the_trail_is_shut_sensitive_pages_show_nobody(world, trail_is_shut):
    shown = []
    for route, name, path in pages(world):
        if route == ONLY_ASKS:
            answer = world.clients[name].post(path, {"purpose": "risk"})
        else:
            answer = world.clients[name].get(path)
        body = answer.content.decode()
        if shows_somebody(world, body):
            shown.append(f"{path}: {answer.status_code}")
    assert shown == []


def test_when_the_trail_is_shut_nothing_is_changed_either(world, trail_is_shut):
    values = world.values(world.cast.home)
    before = _state()
    posts = {
        "counsellor": [
            "s/<slug:slug>/alerts/<uuid:alert_id>/acknowledgement/",
            "s/<slug:slug>/slips/<int:class_id>/sheet/",
        ],
        "school_admin": ["s/<slug:slug>/roster/drafts/<uuid:draft_id>/discard/"],
        "security_admin": ["staff/<uuid:account_id>/disable/"],
    }
    routes = {route for route, _ in guarded()}
    for name, wanted in posts.items():
        for route in wanted:
            assert route in routes, route
            answer = world.clients[name].post(path_of(route, values), {"note": "x", "days": "7"})
            assert answer.status_code == 500, route
    assert _state() == before


def _state() -> list[tuple]:
    """What these orders would have changed, as the owner counts it with the policies lifted for a moment."""
    asked = (
        "SELECT count(*), max(state) FROM alerts_alert",
        "SELECT count(*), count(voided_at) FROM people_slip",
        "SELECT count(*), max(state) FROM people_rosterdraft",
        "SELECT count(*), count(*) FILTER (WHERE is_active) FROM people_account",
    )
    found = []
    with connections["owner"].cursor() as cursor:
        for question in asked:
            table = question.split()[-1] if "FILTER" not in question else "people_account"
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(question)
            found.append(cursor.fetchone())
            if table != "people_account":
                cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    return found
