"""The generated matrix: every address × every member of the cast × whose objects × GET and POST.

What is expected comes from MAY in tests/factories/rights.py, a table written for people and not from the policies.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.urls import URLPattern, resolve
from django.urls import path as address

from qingyan.foundation.access import policy
from tests.factories.rights import COUNSELLOR, MAY, PUPIL, may
from tests.factories.world import World, guarded, path_of, routes
from tests.foundation.web.strictness import faults


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


@dataclass(frozen=True)
class Answer:
    """What one member of the cast was answered at one address of the home school."""

    route: str
    name: str
    path: str
    may: bool
    status: int
    foreign: tuple[str, ...]  # words of other schools that stand in it
    careless: tuple[str, ...]  # what its headers or its HTML leave open

    @property
    def fault(self) -> str | None:
        """What is not as the table says."""
        fits = _fits(self.status, may=self.may, name=self.name, path=self.path)
        return None if fits else f"GET /{self.route} as {self.name}: {self.status}"


def _asked(world: World, routes: Iterable[tuple[str, URLPattern]]) -> Iterator[Answer]:
    """Everybody opens each of these addresses with the objects of the home school."""
    foreign = _foreign_words(world)
    for route, pattern in routes:
        path = path_of(route, world.values(world.cast.home))
        for name, client in world.clients.items():
            answer = client.get(path)
            body = b"".join(answer) if answer.streaming else answer.content
            text = body.decode(errors="ignore")
            words = tuple(word for word in foreign if word in text)
            careless = tuple(faults(answer, path, name if answer.status_code == 200 else "anonymous"))
            yield Answer(route, name, path, may(pattern, name), answer.status_code, words, careless)


def _foreign_words(world: World) -> list[str]:
    """The canaries of all schools but home."""
    others = [records for slug, records in world.records.items() if slug != world.cast.home.school.slug]
    return [word for records in others for word in records.canaries if word.startswith("canary-")]


@pytest.fixture(scope="module")
def answers(world) -> list[Answer]:
    """Every address opened by everybody, once for the tests that look at the answers."""
    return list(_asked(world, guarded()))


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


def test_every_address_is_asked_by_everybody_and_answers_as_the_table_says(world, answers):
    assert len(answers) == len(guarded()) * len(world.clients)
    assert [one.fault for one in answers if one.fault] == []


def test_every_address_is_posted_to_by_those_who_may_not_and_nothing_happens(world):
    found = []
    for route, pattern in guarded():
        path = path_of(route, world.values(world.cast.home))
        for name, client in world.clients.items():
            if may(pattern, name):
                continue
            status = client.post(path).status_code
            if not _fits(status, may=False, name=name, path=path):
                found.append(f"POST /{route} as {name}: {status}")
    assert found == []


def test_objects_of_another_school_do_not_exist_under_the_own_address(world):
    found, asked = [], 0
    home, other = world.values(world.cast.home), world.values(world.cast.other)
    for route, _ in guarded():
        if route.startswith(("campaigns/", "staff/")):  # of the city: its officers may see all of them
            continue
        for key in (one for one in PERSONAL_KEYS | {"campaign_id"} if f":{one}>" in route):
            path = path_of(route, home | {key: other[key]})
            for name, client in world.clients.items():
                for method, status in (("GET", client.get(path).status_code), ("POST", client.post(path).status_code)):
                    asked += 1
                    if status not in (404, 405) and not (_signed_out(name, path) and status == 302):
                        found.append(f"{method} {path} as {name}: {status}")
    assert found == []
    assert asked > 1000


def test_no_page_of_anybody_shows_a_word_of_another_school(world, answers):
    """The pages of the home school, asked by all the cast, hold none of other schools' canaries; nor do refusals."""
    assert len(_foreign_words(world)) > 10
    assert [f"{one.path} as {one.name}: {word}" for one in answers for word in one.foreign] == []


def test_every_page_of_everybody_is_strict_and_private(answers):
    assert [fault for one in answers for fault in one.careless] == []


def test_the_control_a_view_whose_mark_is_taken_away_turns_the_matrix_red(world, monkeypatch):
    """Let the alerts' policy admit any staff: the matrix must notice."""
    monkeypatch.setitem(policy._tables, "alerts.read", policy._tables["instruments.read_library"])
    loosened = [one for one in guarded() if "alerts.read" in {mark.code for mark in one[1].callback.permissions}]
    assert any(one.fault for one in _asked(world, loosened))


def test_unguessable_keys_do_not_exist(world):
    nobody, found = UUID("00000000-0000-4000-8000-000000000000"), []
    for route, _ in guarded():
        for key in ("student_id", "alert_id", "draft_id", "sitting_id", "campaign_id", "case_id", "todo_id"):
            if f"<uuid:{key}>" in route:
                path = path_of(route, world.values(world.cast.home) | {key: nobody, "city_campaign_id": nobody})
                found.append((path, world.clients[COUNSELLOR].get(path).status_code))
    assert len(found) > 30
    assert [one for one in found if one[1] not in (404, 405)] == []  # 405: the method is offered to nobody


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
