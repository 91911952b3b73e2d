"""Answering over HTTP: hand-ins of 90 answers, autosaves, three thousand pupils; pgbench beside it in the same run.

Each hand-in is scored, judged by the alert rules, put into the file and audited, in one durable transaction. Client,
web server and PostgreSQL share the machine. Prints one JSON object; exit 1 when an answer failed.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import django
import psycopg

django.setup()

from bench.city import SCHOOLS, Pupil, fill, seated  # noqa: E402 (settings first)
from bench.client import Load, crowd, drive, request  # noqa: E402
from bench.control import pgbench  # noqa: E402
from qingyan.command.supervisor import web  # noqa: E402
from qingyan.screening.rules.sheets import fingerprint  # noqa: E402

PUPILS = int(os.environ.get("BENCH_PUPILS", "300"))  # at each school
CONNECTIONS = int(os.environ.get("BENCH_CONNECTIONS", "128"))
CROWD, THINK, CROWD_SECONDS = int(os.environ.get("BENCH_CROWD", "3000")), 5.0, 30.0
PORT = int(os.environ.get("BENCH_PORT", "8790"))
SAVE_SECONDS = 10.0


def finish(pupil: Pupil) -> bytes:
    """The hand-in of a whole sheet."""
    answers = list(pupil.answers)
    body = {"sheet": str(pupil.sheet), "submission": str(uuid4()), "hash": fingerprint(answers), "answers": answers}
    return request("/a/finish", pupil.cookie, PORT, body)


def _save(pupil: Pupil, turn: int) -> bytes:
    item = (7 * turn) % 90
    body = {"sheet": str(pupil.sheet), "seq": 100 + turn, "item": item, "value": pupil.answers[item], "ms": 900}
    return request("/a/save", pupil.cookie, PORT, body)


def _answering(pupil: Pupil, start: int) -> Iterator[bytes]:
    """One pupil's requests: answers, and after some of them the hand-in. `start` staggers the pupils."""
    for turn in range(3 + start % 4):
        yield _save(pupil, turn)
    yield finish(pupil)


def _saves(pupils: list[Pupil], turns: int) -> list[bytes]:
    return [_save(pupil, turn) for turn in range(turns) for pupil in pupils]


def serving() -> subprocess.Popen[bytes]:
    """The two web processes of the product, once they answer."""
    child = web("127.0.0.1", PORT, 2)
    child.start()
    for _ in range(600):  # on a busy machine the processes take a while to come up
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
            return child.process
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _alert_share(owner: psycopg.Connection, title: str) -> float:
    """Alerts a hand-in of this round."""
    (share,) = owner.execute(
        """SELECT (SELECT count(*) FROM alerts_alert a WHERE a.sitting_id IN (SELECT sitting_id FROM screening_result r
             JOIN screening_campaign c ON c.id = r.campaign_id WHERE c.title = %(title)s))::float
           / greatest(1, (SELECT count(*) FROM screening_result r JOIN screening_campaign c ON c.id = r.campaign_id
             WHERE c.title = %(title)s))""",
        {"title": title},
    ).fetchone()
    return float(share)


def _described(load: Load, name: str) -> dict[str, float]:
    return {
        f"{name}_rate": round(load.rate),
        f"{name}_p50_ms": round(load.percentile(0.5), 1),
        f"{name}_p95_ms": round(load.percentile(0.95), 1),
        f"{name}_p99_ms": round(load.percentile(0.99), 1),
        f"{name}_count": len(load.latencies),
        f"{name}_failures": load.failures,
        f"{name}_client_core": round(load.client, 2),
    }


def main() -> None:
    """Measure and print; exit 1 when an answer failed."""
    superuser = os.environ["SUPERUSER_URL"]
    random.seed(7)
    figures: dict[str, float] = {}
    with psycopg.connect(superuser, autocommit=True) as owner:
        fill(owner, pupils=PUPILS, rounds=6)
        sheets = SCHOOLS * PUPILS
        rounds = {number: list(seated(owner, f"bench {number}")) for number in (1, 2, 3, 4)}
        server = serving()
        try:
            drive([finish(pupil) for pupil in rounds[1][:1500]], PORT, connections=CONNECTIONS)
            share = _alert_share(owner, "bench 1")
            percent, clients = round(100 * share), (8, 32)
            before = pgbench(owner, superuser, "bench 5", clients=clients[0], sheets=sheets, alerts=percent)
            handed = drive([finish(pupil) for pupil in rounds[2]], PORT, connections=CONNECTIONS)
            after = pgbench(owner, superuser, "bench 6", clients=clients[1], sheets=sheets, alerts=percent)
            requests = _saves(rounds[3][:1500], 60)
            drive(requests[:1500], PORT, connections=CONNECTIONS)
            saved = drive(requests[1500:], PORT, connections=CONNECTIONS, seconds=SAVE_SECONDS)
            pupils = [_answering(pupil, number) for number, pupil in enumerate(rounds[4][:CROWD])]
            many = crowd(pupils, PORT, think=THINK, seconds=CROWD_SECONDS)
        finally:
            server.terminate()
            server.wait(timeout=15)
    best = max(before, after)
    figures = _described(handed, "hand_in") | _described(saved, "autosave") | _described(many, "crowd")
    figures |= {"pgbench_8": round(before), "pgbench_32": round(after), "share": round(handed.rate / best, 3)}
    figures |= {"alerts": round(share, 3), "connections": CONNECTIONS, "crowd": len(pupils), "think": THINK}
    print(json.dumps(figures, indent=1))
    sys.exit(1 if handed.failures + saved.failures + many.failures else 0)


if __name__ == "__main__":
    main()
