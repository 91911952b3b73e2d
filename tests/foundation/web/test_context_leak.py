"""Requests of many people, mixed on few connections: each answer holds the own school's names and nobody else's.

Between the pages come refusals, unknown addresses and views that fail, since those are what leaves a connection dirty.
The control sets the scope for the session instead of the transaction, which the same test must notice.
"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import pytest
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from qingyan.foundation.access import scope as scopes
from qingyan.foundation.access.scope import entered
from qingyan.people.api import PUPIL_COOKIE, give_ticket
from qingyan.people.models import Student
from tests.factories.city import Cast, Place
from tests.screening.setting import school_round, signed_in_at_the_door

BACKEND = "django.contrib.auth.backends.ModelBackend"
THREADS = 4


@dataclass(frozen=True)
class Person:
    """Somebody with a browser, the pages that they open, and the canary that these pages must hold."""

    cookies: dict[str, str]
    pages: tuple[str, ...]
    canary: str


def canary(place: Place) -> str:
    return f"canary{place.school.slug}"


@pytest.fixture
def people(committed_cast) -> list[Person]:
    """Counsellors, administrators and pupils of three schools; the names of a school's pupils bear its canary."""
    found = []
    for place in (committed_cast.home, committed_cast.other, committed_cast.far):
        with transaction.atomic():
            with entered(committed_cast.platform(place)):
                for student in Student.objects.all():
                    Student.objects.filter(id=student.id).update(name=f"{canary(place)}{student.id.hex[:4]}")
            campaign = school_round(committed_cast, "scl-90", place=place)
            type(campaign).objects.filter(id=campaign.id).update(title=canary(place))
        found += _people_of(committed_cast, place)
    connections["default"].close()
    return found


def _people_of(cast: Cast, place: Place) -> list[Person]:
    slug, word = place.school.slug, canary(place)
    slips = f"/s/{slug}/slips/{place.class_a.id}/"
    files = f"/s/{slug}/files/"
    return [
        Person(_staff(place.counsellor), (files, slips), word),
        Person(_staff(place.school_admin), (slips,), word),
        Person(_pupil(cast, place), (f"/s/{slug}/tests/",), word),
    ]


def _staff(account) -> dict[str, str]:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _pupil(cast: Cast, place: Place) -> dict[str, str]:
    with transaction.atomic():
        ticket = signed_in_at_the_door(cast, place.pupil)
    answer = HttpResponse()
    give_ticket(answer, ticket)
    return {PUPIL_COOKIE: answer.cookies[PUPIL_COOKIE].value}


def leaks(people: list[Person], *, requests: int) -> list[str]:
    """Send the requests from a few threads, each with one connection for all of them; what was wrong."""
    wrong: list[str] = []
    words = {person.canary for person in people}

    def work(number: int) -> None:
        luck = random.Random(number)
        try:
            for _ in range(requests // THREADS):
                if wrong:
                    return
                _one(luck.choice(people), luck, words, wrong)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def _one(person: Person, luck: random.Random, words: set[str], wrong: list[str]) -> None:
    client = Client(raise_request_exception=False)
    for name, value in person.cookies.items():
        client.cookies[name] = value
    page = luck.choice(person.pages)
    body = client.get(page).content.decode()
    if person.canary not in body:
        wrong.append(f"{page} without the own canary")
    wrong += [f"{page} shows {word}" for word in words if word != person.canary and word in body]
    _disturbance(client, luck)
    with connection.cursor() as cursor:  # as a careless view outside every scope would ask
        cursor.execute("SELECT count(*) FROM people_student")
        if cursor.fetchone() != (0,):
            wrong.append(f"rows after {page}")


def _disturbance(client: Client, luck: random.Random) -> None:
    acts: list[Callable[[], object]] = [
        lambda: None,
        lambda: client.get("/s/nowhere/files/"),
        lambda: client.get("/s/qingshi/alerts/"),
        lambda: client.get("/s/yunling/files/?page=999999"),
        lambda: client.get("/"),
        lambda: client.get("/s/baisha/door/"),
        lambda: client.post("/s/qingshi/door/", {"school_class": "X", "code": "Y"}),
        lambda: client.get("/s/qingshi/fails/"),
    ]
    luck.choice(acts)()


@pytest.fixture
def a_page_that_fails(settings) -> None:
    """An address whose view fails in the middle of a query."""
    urls = ModuleType("urls_with_a_failing_page")
    urls.urlpatterns = [path("s/<slug:slug>/fails/", _fails), path("", include("qingyan.config.urls"))]
    settings.ROOT_URLCONF = urls


def _fails(request, slug):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_no_answer_holds_a_word_of_another_school(people, a_page_that_fails):
    assert leaks(people, requests=120) == []


@pytest.mark.deep
def test_no_answer_of_two_thousand_holds_a_word_of_another_school(people, a_page_that_fails):
    assert leaks(people, requests=2000) == []


def test_the_control_a_scope_for_the_session_is_noticed(people, a_page_that_fails, monkeypatch):
    """As the usual recipe has it: SET when the request comes, and nothing when it goes."""
    apply = scopes._apply
    monkeypatch.setattr(scopes, "SET_ALL", scopes.SET_ALL.replace(", true)", ", false)"))
    monkeypatch.setattr(scopes, "_apply", lambda link, scope: None if scope is scopes.NOWHERE else apply(link, scope))
    assert any(line.startswith("rows after") for line in leaks(people, requests=200))
