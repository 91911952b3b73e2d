"""The generated matrix: every address × every member of the cast × whose objects × GET and POST.

What is expected comes from MAY in tests/factories/world.py, a table written for people and not from the policies.
"""

import re
from collections.abc import Callable, Iterable
from uuid import UUID

import pytest
from django.urls import URLPattern, resolve
from django.urls import path as address

from qingyan.foundation.access import policy
from tests.factories.world import COUNSELLOR, MAY, PUPIL, World, guarded, may, path_of, routes


# A pupil's ticket counts under the own school's address only: elsewhere the pupil is nobody, and is sent to the door.
def _signed_out(name: str, path: str) -> bool:
    return name in {"anonymous", "strange_pupil"} or (name == PUPIL and not path.startswith("/s/"))


# Objects of one school that hold a person's data: asked under another school's address they do not exist.
PERSONAL_KEYS = {
    "student_id",
    "referral_id",
    "alert_id",
    "draft_id",
    "sitting_id",
    "class_id",
    "account_id",
    "post_id",
    "form_id",
    "print_id",
    "robot_id",
    "concern_id",
    "bullying_id",
    "case_id",
    "card_id",
    "todo_id",
    "errand_id",
    "handover_id",
    "report_id",
    "export_id",
    "transfer_id",
    "record_id",
    "care_id",
    "counselling_id",
    "leave_id",
}


@pytest.fixture
def world(committed_cast) -> World:
    return World(committed_cast)


def _wrong(world: World, ask: Callable, *, method: str) -> list[str]:
    found = []
    for route, pattern in guarded():
        for name, client in world.clients.items():
            path = path_of(route, world.values(world.cast.home))
            status = ask(client, path).status_code
            if not _fits(status, may=may(pattern, name), name=name, path=path):
                found.append(f"{method} /{route} as {name}: {status}")
    return found


def _fits(status: int, *, may: bool, name: str, path: str) -> bool:
    if status >= 500:
        return False
    if status == 405:
        return True  # the method is not offered to anybody, which says nothing about the object
    if may:
        return status != 404 or name == PUPIL
    return status == 404 or (_signed_out(name, path) and status == 302)


def test_every_permission_of_every_address_is_in_the_table():
    used = {permission.code for _, pattern in guarded() for permission in pattern.callback.permissions}
    assert used <= set(MAY)


SAMPLES = {"slug": "qingshi", "uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "str": "x"}


def _hidden(patterns: Iterable[tuple[str, URLPattern]]) -> list[str]:
    """Addresses at which another page answers."""
    found = []
    for route, pattern in patterns:
        answering = resolve("/" + re.sub(r"<(\w+):\w+>", lambda key: SAMPLES[key[1]], route))
        if answering.func is not pattern.callback:
            found.append(f"/{route}: {answering.view_name} answers instead of {pattern.name}")
    return found


def test_no_page_stands_behind_another_at_the_same_address():
    """Two domains once took one address, and a teacher who wanted to report a worry was sent to a page not found."""
    assert _hidden(routes()) == []


def test_the_control_a_second_page_at_an_address_is_found():
    route = "s/<slug:slug>/reports/new/"
    assert _hidden([(route, address(route, lambda request, slug: None, name="second"))]) != []


def test_every_address_is_asked_by_everybody_and_answers_as_the_table_says(world):
    assert _wrong(world, lambda client, path: client.get(path), method="GET") == []


def test_every_address_is_posted_to_by_those_who_may_not_and_nothing_happens(world):
    found = []
    for route, pattern in guarded():
        for name, client in world.clients.items():
            if may(pattern, name):
                continue
            path = path_of(route, world.values(world.cast.home))
            status = client.post(path).status_code
            if not _fits(status, may=False, name=name, path=path):
                found.append(f"POST /{route} as {name}: {status}")
    assert found == []


def test_objects_of_another_school_do_not_exist_under_the_own_address(world):
    found = []
    home, other = world.values(world.cast.home), world.values(world.cast.other)
    for route, _ in guarded():
        for key in PERSONAL_KEYS | {"campaign_id"}:
            if f":{key}>" not in route:
                continue
            if route.startswith(("campaigns/", "staff/")):  # of the city: its officers may see all of them
                continue
            path = path_of(route, home | {key: other[key]})
            for name, client in world.clients.items():
                status = client.get(path).status_code
                if status not in (404, 405) and not (_signed_out(name, path) and status == 302):
                    found.append(f"GET {path} as {name}: {status}")
                status = client.post(path).status_code
                if status not in (404, 405) and not (_signed_out(name, path) and status == 302):
                    found.append(f"POST {path} as {name}: {status}")
    assert found == []


def test_no_page_of_anybody_shows_a_word_of_another_school(world):
    """The pages of the home school, asked by all the cast, hold none of other schools' canaries; nor do refusals."""
    foreign = [
        word
        for slug, records in world.records.items()
        if slug != world.cast.home.school.slug
        for word in records.canaries
    ]
    foreign = [word for word in foreign if word.startswith("canary-")]
    found = []
    for route, _ in guarded():
        path = path_of(route, world.values(world.cast.home))
        for name, client in world.clients.items():
            body = client.get(path).content.decode(errors="ignore")
            found += [f"{path} as {name}: {word}" for word in foreign if word in body]
    assert found == []


def test_the_control_a_view_whose_mark_is_taken_away_turns_the_matrix_red(world, monkeypatch):
    """Let the alerts' policy admit any staff: the matrix must notice."""
    monkeypatch.setitem(policy._tables, "alerts.read", policy._tables["instruments.read_library"])
    assert any("alerts" in line for line in _wrong(world, lambda client, path: client.get(path), method="GET"))


def test_unguessable_keys_do_not_exist(world):
    client = world.clients[COUNSELLOR]
    nobody = UUID("00000000-0000-4000-8000-000000000000")
    for route, _ in guarded():
        for key in ("student_id", "alert_id", "draft_id", "sitting_id", "campaign_id", "case_id", "todo_id"):
            if f"<uuid:{key}>" in route:
                path = path_of(route, world.values(world.cast.home) | {key: nobody, "city_campaign_id": nobody})
                assert client.get(path).status_code in (404, 405), path


KEYS = ("name", "text", "role", "place", "district", "kind", "lacking", "class", "state", "level", "page", "sort")
KEYS += ("school", "found", "list", "show", "seen", "next", "stay")


@pytest.mark.parametrize("value", ["\x00", "😀" * 400, "-1", "9" * 30, "' OR 1=1 --", "__class__"])
def test_crooked_questions_in_an_address_break_no_page(world, value):
    found = []
    for route, pattern in routes():
        name = next(
            (name for name in world.clients if getattr(pattern.callback, "permissions", ()) and may(pattern, name)),
            "anonymous",
        )
        path = path_of(route, world.values(world.cast.home))
        status = world.clients[name].get(path, dict.fromkeys(KEYS, value)).status_code
        if status >= 500:
            found.append(f"/{route} as {name}: {status}")
    assert found == []
