"""Who waits is stored together: one thread works for all that wait, and nobody waits for ever."""

import threading
from uuid import uuid4

import pytest
from django.db import connections, transaction

from qingyan.screening.web import lean_batches, lean_database
from qingyan.screening.web.lean_batches import Batches
from tests.screening.answering import open_page
from tests.screening.setting import city_round


@pytest.fixture
def cast(committed_cast):
    lean_database._facts.clear()
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def pages(cast):
    """Three pupils, two of one school and one of another, at the SCL-90 of the city's round."""
    with transaction.atomic():
        campaign = city_round(cast, "scl-90")
    return [open_page(cast, student, campaign) for student in (*cast.home.pupils_a[:2], cast.other.pupil)]


def test_who_waits_is_stored_together_and_one_key_never_twice():
    seen, gate = [], threading.Event()

    def together(turns):
        gate.wait(5)
        seen.append([turn.item for turn in turns])
        for turn in turns:
            turn.outcome = turn.item * 2

    batches, told = Batches(together), {}
    numbers = [*range(10), *range(5)]

    def ask(place, number):
        told[place] = batches.run(number, key=number)

    threads = [threading.Thread(target=ask, args=one) for one in enumerate(numbers)]
    for thread in threads:
        thread.start()
    while len(batches._waiting) + lean_batches.LEADERS < len(numbers):
        pass
    gate.set()
    for thread in threads:
        thread.join(5)
    assert told == {place: number * 2 for place, number in enumerate(numbers)}
    assert all(len(set(batch)) == len(batch) for batch in seen)
    assert len(seen) < len(numbers), "several were stored together"
    assert batches._leading == 0


def test_when_too_many_wait_the_page_is_told_to_try_again(cast, pages, monkeypatch):
    monkeypatch.setattr(lean_batches, "MOST_WAITING", 0)
    body = {"sheet": pages[0].sheet, "submission": str(uuid4())}
    status, said, headers = pages[0].post("/a/finish", body)
    assert (status, said["error"], headers["Retry-After"]) == (503, "busy", "2")
    assert said["message"]


def test_when_nothing_moves_the_page_is_told_to_try_again(monkeypatch):
    monkeypatch.setattr(lean_batches, "PATIENCE_SECONDS", 0.05)
    held = threading.Event()

    def together(turns):
        held.wait(5)

    batches, told = Batches(together), []

    def ask(number):
        try:
            told.append(batches.run(number, key=number))
        except lean_batches.Refused as refusal:
            told.append(refusal.code)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while len(told) < 4 - lean_batches.LEADERS:
        pass
    assert told == ["busy"] * (4 - lean_batches.LEADERS)
    held.set()
    for thread in threads:
        thread.join(5)
    assert batches._waiting == []
    assert batches._leading == 0
