"""The generated matrix: every address × every member of the cast × whose objects × GET and POST.

What is expected comes from MAY, a table written for people and not from the policies that it checks. A new address with an
unknown permission or an unknown kind of key fails here until somebody decides who may see it.
"""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from qingyan.foundation.access.checks import package_reason, views_of
from qingyan.people.api import PUPIL_COOKIE, give_ticket, issue_slips, open_session
from qingyan.people.models import Slip
from tests.factories.city import Cast, Place
from tests.factories.records import Records, make_city_campaign, make_records

BACKEND = "django.contrib.auth.backends.ModelBackend"

# Who may, by permission. Roles "at home" hold a post at the school whose address is asked.
COUNSELLOR, ADMIN, TEACHER, PRINCIPAL, INVIGILATOR = "counsellor", "school_admin", "homeroom_teacher", "principal", "invigilator"
PUPIL, DISTRICT, CITY, SYSTEM, AUDITOR, VOLUNTEER = "pupil", "district_lead", "city_officer", "system_admin", "auditor", "hotline_volunteer"
EVERY_STAFF = {COUNSELLOR, ADMIN, TEACHER, PRINCIPAL, INVIGILATOR, DISTRICT, CITY, SYSTEM, AUDITOR, VOLUNTEER, "stranger", "far_stranger"}
ANY_POST = {COUNSELLOR, ADMIN, TEACHER, PRINCIPAL, INVIGILATOR}
MAY: dict[str, set[str]] = {
    "alerts.read": {COUNSELLOR},
    "alerts.acknowledge": {COUNSELLOR},
    "alerts.read_answers": {COUNSELLOR},
    "archives.read_file": {COUNSELLOR},
    "config.arrive": EVERY_STAFF,
    "instruments.read_library": EVERY_STAFF,
    "operations.operate": {SYSTEM},
    "organisations.see_city": {CITY, DISTRICT},
    "organisations.keep_calendar": {CITY},
    "organisations.see_classes": ANY_POST,
    "organisations.edit_school": {ADMIN},
    "people.manage_slips": {COUNSELLOR, ADMIN},
    "people.read_roster": {ADMIN, COUNSELLOR},
    "people.import_roster": {ADMIN},
    "screening.read_campaigns": ANY_POST,
    "screening.manage_campaign": {COUNSELLOR, ADMIN},
    "screening.read_progress": ANY_POST,
    "screening.read_pupil_progress": {COUNSELLOR, ADMIN, TEACHER},
    "screening.read_city_campaigns": {CITY},
    "screening.manage_city_campaign": {CITY},
    "screening.take_test": {PUPIL},
}

# A pupil's ticket counts under the own school's address only: elsewhere the pupil is nobody, and is sent to the door.
def _signed_out(name: str, path: str) -> bool:
    return name in {"anonymous", "strange_pupil"} or (name == PUPIL and not path.startswith("/s/"))

# Objects of one school that hold a person's data: asked under another school's address they do not exist.
PERSONAL_KEYS = {"student_id", "alert_id", "draft_id", "sitting_id", "class_id"}


class World:
    """The city with one of everything at home and in the other schools, and a signed-in client for each of the cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.city_campaign = make_city_campaign(cast)
        self.records: dict[str, Records] = {place.school.slug: make_records(cast, place) for place in (cast.home, cast.other, cast.far)}
        staff = {name: getattr(cast.home, name) for name in (COUNSELLOR, ADMIN, TEACHER, PRINCIPAL, INVIGILATOR)}
        staff |= {name: getattr(cast, name) for name in (DISTRICT, CITY, SYSTEM, AUDITOR, VOLUNTEER)}
        staff |= {"stranger": cast.other.counsellor, "far_stranger": cast.far.school_admin}
        self.clients: dict[str, Client] = {"anonymous": Client(raise_request_exception=False)}
        for name, account in staff.items():
            self.clients[name] = Client(raise_request_exception=False)
            self.clients[name].force_login(account, backend=BACKEND)
        self.clients[PUPIL] = self._pupil_client(cast.home)
        self.clients["strange_pupil"] = self._pupil_client(cast.other)

    def _pupil_client(self, place: Place) -> Client:
        now = timezone.now()
        with acting_as(self.cast.actor(place.school_admin, place)):
            issue_slips(class_id=place.class_a.id, validity=timezone.timedelta(days=1), by=self.cast.actor(place.school_admin, place), now=now)
            slip = Slip.objects.get(student=place.pupil, voided_at__isnull=True)
        with acting_as(self.cast.platform(place)):
            ticket = open_session(school_id=place.school.id, slip_id=slip.id, now=now)
        answer = HttpResponse()
        give_ticket(answer, ticket)
        client = Client(raise_request_exception=False)
        client.cookies[PUPIL_COOKIE] = answer.cookies[PUPIL_COOKIE].value
        return client

    def values(self, place: Place) -> dict[str, object]:
        """A value for each kind of key in an address, of this school."""
        records = self.records[place.school.slug]
        return {
            "slug": place.school.slug,
            "student_id": place.pupil.id,
            "alert_id": records.alert,
            "draft_id": records.draft,
            "sitting_id": records.sitting,
            "campaign_id": records.campaign,
            "city_campaign_id": self.city_campaign.id,
            "class_id": place.class_a.id,
            "code": "scl-90",
            "version": "1.0",
            "instrument": "scl-90",
            "job_id": 1,
        }


def acting_as(actor):
    from tests.conftest import _acting

    return _acting(actor)


@pytest.fixture
def world(committed_cast) -> World:
    return World(committed_cast)


def _routes() -> list[tuple[str, URLPattern]]:
    return [(route, pattern) for route, pattern in views_of() if package_reason(pattern.callback) is None and pattern.name]


def _guarded() -> list[tuple[str, URLPattern]]:
    return [(route, pattern) for route, pattern in _routes() if getattr(pattern.callback, "permissions", ())]


def _path(route: str, values: dict[str, object]) -> str:
    if route.startswith("campaigns/"):  # rounds of the city, not of a school
        values = values | {"campaign_id": values["city_campaign_id"]}
    for key, value in values.items():
        for kind in ("slug", "uuid", "int", "str"):
            route = route.replace(f"<{kind}:{key}>", str(value))
    assert "<" not in route, f"the matrix knows no value for a key of /{route}"
    return "/" + route


def _expected(pattern: URLPattern, name: str) -> bool:
    return any(name in MAY[permission.code] for permission in pattern.callback.permissions)


def _wrong(world: World, ask: Callable, *, method: str) -> list[str]:
    found = []
    for route, pattern in _guarded():
        for name, client in world.clients.items():
            path = _path(route, world.values(world.cast.home))
            status = ask(client, path).status_code
            if not _fits(status, may=_expected(pattern, name), name=name, path=path):
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
    used = {permission.code for _, pattern in _guarded() for permission in pattern.callback.permissions}
    assert used <= set(MAY)


def test_every_address_is_asked_by_everybody_and_answers_as_the_table_says(world):
    assert _wrong(world, lambda client, path: client.get(path), method="GET") == []


def test_every_address_is_posted_to_by_those_who_may_not_and_nothing_happens(world):
    found = []
    for route, pattern in _guarded():
        for name, client in world.clients.items():
            if _expected(pattern, name):
                continue
            path = _path(route, world.values(world.cast.home))
            status = client.post(path).status_code
            if not _fits(status, may=False, name=name, path=path):
                found.append(f"POST /{route} as {name}: {status}")
    assert found == []


def test_objects_of_another_school_do_not_exist_under_the_own_address(world):
    found = []
    home, other = world.values(world.cast.home), world.values(world.cast.other)
    for route, _ in _guarded():
        for key in PERSONAL_KEYS | {"campaign_id"}:
            if f":{key}>" not in route:
                continue
            if route.startswith("campaigns/"):
                continue
            path = _path(route, home | {key: other[key]})
            for name, client in world.clients.items():
                status = client.get(path).status_code
                if status not in (404, 405) and not (_signed_out(name, path) and status == 302):
                    found.append(f"GET {path} as {name}: {status}")
                status = client.post(path).status_code
                if status not in (404, 405) and not (_signed_out(name, path) and status == 302):
                    found.append(f"POST {path} as {name}: {status}")
    assert found == []


def test_no_page_of_anybody_shows_a_word_of_another_school(world):
    """The pages of the home school, asked by all the cast, hold none of the other schools' canaries; nor do refusals."""
    foreign = [word for slug, records in world.records.items() if slug != world.cast.home.school.slug for word in records.canaries]
    foreign = [word for word in foreign if word.startswith("canary-")]
    found = []
    for route, _ in _guarded():
        path = _path(route, world.values(world.cast.home))
        for name, client in world.clients.items():
            body = client.get(path).content.decode(errors="ignore")
            found += [f"{path} as {name}: {word}" for word in foreign if word in body]
    assert found == []


def test_the_control_a_view_whose_mark_is_taken_away_turns_the_matrix_red(world, monkeypatch):
    """Let the alerts' policy admit any staff: the matrix must notice."""
    from qingyan.foundation.access import policy

    holders = policy._tables["alerts.read"]
    anybody = policy._tables["instruments.read_library"] if "instruments.read_library" in policy._tables else holders
    monkeypatch.setitem(policy._tables, "alerts.read", anybody)
    assert any("alerts" in line for line in _wrong(world, lambda client, path: client.get(path), method="GET"))


def test_unguessable_keys_do_not_exist(world):
    client = world.clients[COUNSELLOR]
    nobody = UUID("00000000-0000-4000-8000-000000000000")
    for route, _ in _guarded():
        for key in ("student_id", "alert_id", "draft_id", "sitting_id", "campaign_id"):
            if f"<uuid:{key}>" in route:
                path = _path(route, world.values(world.cast.home) | {key: nobody, "city_campaign_id": nobody})
                assert client.get(path).status_code in (404, 405), path
