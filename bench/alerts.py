"""Alerts under load: the queue of a school with 10,000 open ones, and how soon somebody is told while pupils hand in.

The queue is asked over HTTP from the real web processes; its control is the same page of a school with forty. Then
500 hand-ins a second run while a page stands open at each school and asks as `live.ts` does, every three seconds, and
the job worker sends mail. Prints one JSON object; exit 1 when an aim is missed.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence

import django
import psycopg

os.environ.setdefault("EMAIL_URL", "file://")  # mail that goes nowhere else; the server of a school adds its own time
django.setup()

from bench.answering import finish, serving  # noqa: E402 (settings first)
from bench.city import SCHOOLS, fill, seated  # noqa: E402
from bench.client import paced, percentile  # noqa: E402
from bench.desk import Desk, counsellors, watched  # noqa: E402
from qingyan.command.supervisor import jobs  # noqa: E402

PORT = int(os.environ.get("BENCH_PORT", "8790"))
OPEN, FEW, FULL_AT, FEW_AT = 10_000, 40, 1, 2  # alerts, and at which school
RATE, SECONDS = int(os.environ.get("BENCH_RATE", "500")), 20.0
LOOKS, WARM, SETTLES = 100, 10, 12.0
QUEUE_MS, PUSHED_S = 200, 5.0
PAGES = {"first page": "", "page 100": "?page=100", "one level": "?level=yellow", "one sign": "?sign=seen"}
CROWD = """
INSERT INTO people_student (id, school_id, school_class_id, name, sex, ethnicity, id_kind, state, demo, created_at)
  SELECT gen_random_uuid(), {school}, {school}, 'queue ' || n, 'U', '', '', 'enrolled', true, now()
  FROM generate_series(1, {sheets}) n;
INSERT INTO screening_sitting
    (id, campaign_id, student_id, school_id, school_class_id, instrument, version, state, started_at)
  SELECT gen_random_uuid(), c.id, p.id, p.school_id, p.school_class_id, 'scl-90', '1', 'finished', now()
  FROM people_student p, screening_campaign c
  WHERE c.title = 'bench 1' AND p.school_id = {school} AND p.name LIKE 'queue %';
INSERT INTO alerts_alert (id, school_id, school_class_id, student_id, sitting_id, instrument, rule, rule_pack, level,
    because, state, raised_at, due_at, place_at, signs, weighed_at, owner_id, owner_since, step, goes_on_at)
  SELECT gen_random_uuid(), school_id, school_class_id, student_id, id, 'scl-90', 'rule_' || n, 'default/1.1', level,
    '[{{"text": "第 15 题（关于结束自己生命的想法）不是“没有”", "detail": "作答：很轻"}}]', 'raised',
    now() - n * interval '1 minute', now() + interval '4 hours',
    now() - n * interval '1 minute'
      - CASE level WHEN 'red' THEN 8760 WHEN 'orange' THEN 336 ELSE 0 END * interval '1 hour',
    CASE WHEN n % 7 = 0 THEN '[{{"code": "seen", "detail": ""}}]' ELSE '[]' END::jsonb, now(),
    '{owner}', now(), 0, now() + interval '1 day'
  FROM (SELECT s.*, k * {sheets} + row_number() OVER (PARTITION BY k ORDER BY s.id) AS n
        FROM screening_sitting s JOIN people_student p ON p.id = s.student_id AND p.name LIKE 'queue %',
          generate_series(0, 1) k WHERE s.school_id = {school}) sheets,
    LATERAL (SELECT (ARRAY['red', 'orange', 'yellow', 'yellow', 'yellow'])[1 + n % 5] AS level) levels
  WHERE n <= {alerts};
"""
# How long after each red alert of the load the mail to its owner had left.
TOLD = """
SELECT extract(epoch FROM d.sent_at - a.raised_at)
FROM alerts_alert a LEFT JOIN notifications_notification n ON n.path LIKE '%%/alerts/' || a.id || '/'
LEFT JOIN notifications_delivery d ON d.notification_id = n.id
WHERE a.level = 'red' AND a.raised_at >= %s ORDER BY a.raised_at
"""


def _crowd(owner: psycopg.Connection, school: int, alerts: int, account: object) -> None:
    """Every third sheet has two of the alerts."""
    for table in ("people_student", "screening_sitting", "alerts_alert"):
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    owner.execute(CROWD.format(school=school, alerts=alerts, sheets=alerts * 3 // 4, owner=account))
    for table in ("people_student", "screening_sitting", "alerts_alert"):
        owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _looked(desk: Desk, path: str) -> list[float]:
    """Milliseconds of each look, one after the other."""
    for _ in range(WARM):
        desk.get(path)
    return [desk.get(path).seconds * 1000 for _ in range(LOOKS)]


def _queue(full: Desk, few: Desk) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, query in PAGES.items():
        times = _looked(full, f"/alerts/{query}")
        figures |= {f"{name}_p50_ms": percentile(times, 0.5), f"{name}_p95_ms": percentile(times, 0.95)}
    control = _looked(few, "/alerts/")
    asked = _looked(full, "/alerts/live/")
    figures |= {"control_p50_ms": percentile(control, 0.5), "control_p95_ms": percentile(control, 0.95)}
    return figures | {"live_p95_ms": percentile(asked, 0.95)}


def _pushed(owner: psycopg.Connection, desks: Sequence[Desk], requests: Sequence[bytes]) -> dict[str, float]:
    """Hand-ins at a steady rate, a page open at each school, the worker at work; waits until everybody was told."""
    worker = jobs()
    worker.start()
    time.sleep(SETTLES / 2)
    begins = owner.execute("SELECT clock_timestamp()").fetchone()[0]
    with watched(desks) as seen:
        load = paced(requests, PORT, rate=RATE, seconds=SECONDS)
        time.sleep(SETTLES)
    told = owner.execute(TOLD, [begins]).fetchall()
    _end(worker.process)
    shown = [wait for desk in desks for wait in desk.waits(owner, seen[desk.slug], begins)]
    mailed = [float(row[0]) for row in told if row[0] is not None]
    figures = {"handed_in_rate": load.rate, "hand_in_p95_ms": load.percentile(0.95), "failures": load.failures}
    figures |= {"asked_rate": RATE, "red": len(told), "shown": len(shown), "mailed": len(mailed)}
    for name, waits in (("shown", shown), ("mailed", mailed)):
        if waits:
            figures |= {f"{name}_p50_s": percentile(waits, 0.5), f"{name}_worst_s": max(waits)}
            figures[f"{name}_p99_s"] = percentile(waits, 0.99)
    return figures


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask, then insist: a worker ends after the job in hand, which under load is not soon."""
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """Measure and print; exit 1 when an aim is missed."""
    random.seed(7)
    with psycopg.connect(os.environ["SUPERUSER_URL"], autocommit=True) as owner:
        fill(owner, pupils=int(RATE * SECONDS) // SCHOOLS, rounds=1)
        desks = counsellors(range(1, SCHOOLS + 1), PORT)
        _crowd(owner, FULL_AT, OPEN, desks[FULL_AT - 1].account)
        _crowd(owner, FEW_AT, FEW, desks[FEW_AT - 1].account)
        owner.execute("VACUUM ANALYZE")
        requests = [finish(pupil) for pupil in seated(owner, "bench 1")]
        server = serving()
        try:
            figures = _queue(desks[FULL_AT - 1], desks[FEW_AT - 1]) | {"open": OPEN, "few": FEW}
            print(json.dumps(figures), file=sys.stderr, flush=True)  # the second part may fail; these stand
            figures |= _pushed(owner, desks, requests)
        finally:
            _end(server)
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}, indent=1))
    queue_p95 = max(figures[f"{name}_p95_ms"] for name in PAGES)
    told_late = max(figures.get(f"{name}_p99_s", PUSHED_S) for name in ("shown", "mailed"))
    everybody = figures["red"] == figures["shown"] == figures["mailed"]
    sys.exit(queue_p95 >= QUEUE_MS or told_late >= PUSHED_S or not everybody or figures["failures"] > 0)


if __name__ == "__main__":
    main()
