"""Nothing acknowledged is ever lost or doubled while processes are killed; and a careless database would be caught.

A whole `qingyan serve` runs: two web workers, the job worker, PostgreSQL. Its own processes are killed with SIGKILL
while pupils answer over HTTP. A kill does not test the disk; settings for that are refused at start (`qingyan doctor`).
"""

import time

import pytest

from tests.command.conftest import House, house_in
from tests.command.service import Service
from tests.screening.crowd import Crowd, Killer, Loss, lost, seated, superuser
from tests.screening.submissions import answered, without_natural_keys, wrong_scores

SHORT = ["worker", "backend", "terminate", "postmaster", "worker", "backend"]
LONG = ["worker", "backend", "terminate", "postmaster", "jobs", "worker", "backend", "web"] * 4


@pytest.fixture
def house(tmp_path) -> House:
    return house_in(tmp_path / "data")


@pytest.fixture
def service(house, tmp_path):
    with (tmp_path / "errors").open("w") as errors:
        running = Service(house, workers=2, errors=errors)
        yield running
        running.end()


def answered_while_killing(crowd: Crowd, killer: Killer, kills: list[str], *, threads: int, pause: float) -> Loss:
    """The kills are spread over the work; each waits until answers are being acknowledged again."""
    working = crowd.answer_everything(threads)
    for what in kills:
        before = crowd.acknowledged
        time.sleep(pause)
        deadline = time.monotonic() + 60
        while crowd.acknowledged < before + threads and time.monotonic() < deadline and not crowd.wrong:
            time.sleep(0.05)
        if not any(thread.is_alive() for thread in working) or crowd.wrong:
            break
        killer.kill(what)
    for thread in working:
        thread.join()
    return lost(killer.house, crowd)


def test_nothing_acknowledged_is_lost_or_doubled_while_processes_are_killed(house, service):
    crowd = seated(house, service.port, pupils=24)
    killer = Killer(service, house)
    loss = answered_while_killing(crowd, killer, SHORT, threads=8, pause=0.3)
    assert crowd.wrong == []
    assert loss == Loss([], [], [], [])
    assert crowd.acknowledged == 24 * crowd.items
    assert sum(sheet.receipt is not None for sheet in crowd.sheets) == 12
    assert sorted(set(killer.done)) == ["backend", "postmaster", "terminate", "worker"]


def test_the_control_a_database_that_acknowledges_before_it_writes_is_caught(house, service):
    crowd = seated(house, service.port, pupils=8)
    careless(house)
    working = crowd.answer_everything(4)
    while crowd.acknowledged < 200 and not crowd.wrong:
        time.sleep(0.02)
    Killer(service, house).kill("postmaster")
    crowd.stop.set()
    for thread in working:
        thread.join()
    assert crowd.wrong == []
    assert lost(house, crowd).answers, "the harness must notice acknowledged answers that are gone"


def careless(house: House) -> None:
    """Commits are reported before they are on disk, and stay in memory for long."""
    with superuser(house) as link:
        link.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        link.execute("ALTER ROLE qingyan_app SET synchronous_commit = off")
        link.execute("SELECT pg_reload_conf()")
        link.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'qingyan_app'")


@pytest.mark.deep
def test_thirty_kills_while_four_hundred_pupils_answer(house, service, capsys):
    crowd = seated(house, service.port, pupils=400)
    killer = Killer(service, house)
    started = time.monotonic()
    loss = answered_while_killing(crowd, killer, LONG, threads=24, pause=3.0)
    handed_in = sum(sheet.receipt is not None for sheet in crowd.sheets)
    seconds = time.monotonic() - started
    with capsys.disabled():
        print(  # noqa: T201 (the figures are wanted)
            f"\n{len(killer.done)} kills {sorted(killer.done)}; {crowd.acknowledged} answers and {handed_in} hand-ins "
            f"acknowledged, {crowd.tries} requests, {seconds:.0f} s; faults: {loss.total}"
        )
    assert crowd.wrong == []
    assert loss == Loss([], [], [], [])
    assert len(killer.done) >= 20
    assert crowd.acknowledged == 400 * crowd.items
    assert house.told("audit", "verify")["findings"] == []


EVERYTHING = ["worker", "backend", "terminate", "jobs", "postmaster", "web"] * 4


@pytest.mark.deep
def test_ten_thousand_hand_ins_by_sixty_four_clients_survive_twenty_kills(house, service, capsys):
    """On a line that loses one reply in ten as well."""
    crowd = answered(house, service.port, pupils=10_000, deaf=0.1)
    killer, started = Killer(service, house), time.monotonic()
    loss = answered_while_killing(crowd, killer, EVERYTHING, threads=64, pause=0.6)
    seconds, alarming = time.monotonic() - started, sum(sheet.alarming for sheet in crowd.sheets)
    with capsys.disabled():
        print(  # noqa: T201 (the figures are wanted)
            f"\n{len(killer.done)} kills {sorted(killer.done)}; {crowd.acknowledged} hand-ins, {alarming} alarming, "
            f"{crowd.tries} requests, {seconds:.0f} s; faults: {loss.total}"
        )
    assert crowd.wrong == []
    assert loss == Loss([], [], [], [])
    assert wrong_scores(house) == []
    assert crowd.acknowledged == 10_000
    assert alarming > 1000
    assert len(killer.done) >= 20
    assert set(killer.done) == set(EVERYTHING)
    assert house.told("audit", "verify")["findings"] == []


@pytest.mark.deep
@pytest.mark.parametrize("keys", [True, False])
def test_the_control_a_fresh_number_for_each_try_doubles_only_without_the_natural_keys(house, service, keys):
    crowd = answered(house, service.port, pupils=300, deaf=0.2, fresh=True)
    if not keys:
        without_natural_keys(house)
    for thread in crowd.answer_everything(16):
        thread.join()
    assert crowd.wrong == []
    found = lost(house, crowd)
    assert bool(found.doubles) is not keys, "the harness must notice a hand-in that counts twice"
