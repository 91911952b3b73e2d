"""The database is away for a while, killed again and again or frozen: pupils are told so, and nothing is lost."""

import http.client
import json
import os
import signal
import threading
import time

import psutil
import pytest

from qingyan.people.api import PUPIL_COOKIE
from tests.command.conftest import house_in
from tests.command.service import Service, offspring
from tests.screening.crowd import Crowd, Killer, Loss, Sheet, lost, seated

AWAY = 20.0  # seconds
RECOVERED = 30.0


@pytest.fixture
def house(tmp_path):
    return house_in(tmp_path / "data")


@pytest.fixture
def service(house, tmp_path):
    with (tmp_path / "errors").open("w") as errors:
        running = Service(house, workers=2, errors=errors)
        yield running
        running.end()


def killed(killer: Killer) -> None:
    """However often it is started again, it is killed again."""
    until = time.monotonic() + AWAY
    while time.monotonic() < until:
        killer.kill("postmaster")
        time.sleep(0.2)


def frozen(killer: Killer) -> None:
    """It neither answers nor refuses, as behind a broken network."""
    family = [one for master in killer._postmaster() for one in (master, *offspring(master.pid))]
    signalled(family, signal.SIGSTOP)
    try:
        time.sleep(AWAY)
    finally:
        signalled(family, signal.SIGCONT)


def signalled(family: list[psutil.Process], what: signal.Signals) -> None:
    for one in family:
        if one.is_running():
            os.kill(one.pid, what)


def one_try(crowd: Crowd, sheet: Sheet) -> tuple[int, str | None, dict]:
    """Status, Retry-After and the answer to one save that the crowd knows nothing of."""
    link = http.client.HTTPConnection("127.0.0.1", crowd.port, timeout=40)
    sheet.seq += 1
    body = json.dumps({"sheet": str(sheet.id), "seq": sheet.seq, "item": 0, "value": 1, "ms": 900})
    headers = {"Content-Type": "application/json", "X-Qingyan": "1", "Cookie": f"{PUPIL_COOKIE}={sheet.cookie}"}
    link.request("POST", "/a/save", body, headers)
    answer = link.getresponse()
    return answer.status, answer.headers["Retry-After"], json.loads(answer.read())


@pytest.mark.deep
def test_a_database_that_is_away_is_said_plainly_and_all_goes_on_by_itself_afterwards(house, service):
    crowd = seated(house, service.port, pupils=60)
    probe = crowd.sheets.pop()
    assert one_try(crowd, probe)[0] == 200
    working = crowd.answer_everything(4)
    killer = Killer(service, house)
    killing = threading_of(killed, killer)
    time.sleep(3)
    status, retry, said = one_try(crowd, probe)
    assert (status, retry, said["error"]) == (503, "2", "not_saved")
    assert said["message"]
    killing.join()
    came_back(crowd, probe)
    finished(crowd, working)
    assert lost(house, crowd) == Loss([], [], [], [])


@pytest.mark.deep
def test_a_database_that_hangs_costs_time_but_no_answer(house, service):
    crowd = seated(house, service.port, pupils=60)
    probe = crowd.sheets.pop()
    working = crowd.answer_everything(4)
    time.sleep(1)
    frozen(Killer(service, house))
    came_back(crowd, probe)
    finished(crowd, working)
    assert lost(house, crowd) == Loss([], [], [], [])


def threading_of(work, killer: Killer):
    started = threading.Thread(target=work, args=(killer,))
    started.start()
    return started


def came_back(crowd: Crowd, probe: Sheet) -> None:
    began = time.monotonic()
    while one_try(crowd, probe)[0] != 200:
        assert time.monotonic() - began < RECOVERED
        time.sleep(0.2)


def finished(crowd: Crowd, working) -> None:
    for thread in working:
        thread.join()
    assert crowd.wrong == []
    assert crowd.acknowledged == len(crowd.sheets) * crowd.items
