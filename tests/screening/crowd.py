"""A crowd of pupils at a running `qingyan serve`, and somebody who kills its processes meanwhile. Not a test.

Each pupil sends an answer again until it is acknowledged, as the page does; what was acknowledged is written down and
compared with the database afterwards. Rows are made by SQL as the superuser, since the house runs in other processes.
"""

import http.client
import json
import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psutil
import psycopg

from qingyan.foundation.database.addresses import Address, address_file, password
from qingyan.instruments.api import plan
from qingyan.people.api import PUPIL_COOKIE, ticket_secret
from qingyan.people.rules.tickets import first_ticket, seal
from qingyan.screening.rules.sheets import fingerprint
from tests.command.conftest import House
from tests.command.service import Service, offspring

CODE, LIFE, RED = "scl-90", 14, 3  # item 15 counted from 0; from "moderate" on the rule is red
PATIENCE = 90.0  # seconds that a page tries for one answer before the run counts as stuck
CLASSES = 4

FILL = """
INSERT INTO organisations_city (id, name, demo) VALUES (1, 'crowd', true);
INSERT INTO organisations_district (id, city_id, name, slug) VALUES (1, 1, 'crowd', 'crowd');
INSERT INTO organisations_schoolyear (id, name, starts_on, ends_on) VALUES (1, 'crowd', '2026-09-01', '2027-08-31');
INSERT INTO organisations_school
    (id, district_id, name, short_name, slug, kind, accent, welcome, counselling_room, opened)
  SELECT n, 1, 'school ' || n, 's' || n, 's' || n, 'senior', '#1f7a78', '', '', true
  FROM generate_series(1, {classes}) n;
INSERT INTO organisations_schoolclass (id, school_id, school_year_id, grade, number, code)
  SELECT n, n, 1, 10, 1, 'C' || n FROM generate_series(1, {classes}) n;
INSERT INTO people_student (id, school_id, school_class_id, name, sex, ethnicity, id_kind, state, demo, created_at)
  SELECT gen_random_uuid(), n %% {classes} + 1, n %% {classes} + 1, 'name ' || n, 'U', '', '', 'enrolled', true, now()
  FROM generate_series(1, {pupils}) n;
INSERT INTO people_pupilsession (id, student_id, school_id, school_class_id, started_at, expires_at)
  SELECT gen_random_uuid(), id, school_id, school_class_id, now(), now() + interval '1 hour' FROM people_student;
INSERT INTO screening_campaign (id, city_id, title, notice, notice_version, opens_at, closes_at, state,
    created_at, item_order, purpose, settled)
  VALUES (gen_random_uuid(), 1, 'crowd', '', 1, now() - interval '1 day', now() + interval '1 day', 'open', now(),
    'fixed', 'census', '{{}}');
INSERT INTO screening_sitting
    (id, campaign_id, student_id, school_id, school_class_id, instrument, version, state, started_at)
  SELECT gen_random_uuid(), c.id, p.id, p.school_id, p.school_class_id, %(code)s, %(version)s, 'answering', now()
  FROM people_student p CROSS JOIN screening_campaign c;
INSERT INTO screening_answersheet (sitting_id, student_id, school_id, school_class_id, instrument, version,
    instrument_hash, age, answers, times, sequences, answers_hash)
  SELECT id, student_id, school_id, school_class_id, instrument, version, %(digest)s, 16,
    array_fill(null::smallint, ARRAY[{items}]), array_fill(null::int, ARRAY[{items}]),
    array_fill(null::int, ARRAY[{items}]), ''
  FROM screening_sitting;
"""
WHO = """
SELECT s.id, p.id, s.student_id, s.school_id, s.school_class_id FROM screening_sitting s
JOIN people_pupilsession p ON p.student_id = s.student_id ORDER BY s.id
"""


def superuser(house: House) -> psycopg.Connection:
    """A connection that sees every row, once the server answers (it may be recovering)."""
    deadline = time.monotonic() + PATIENCE
    while True:
        address = Address.kept(address_file(house.data_dir))
        try:
            assert address is not None
            return psycopg.connect(address.url("postgres", password(house.data_dir, "postgres")), autocommit=True)
        except (psycopg.OperationalError, AssertionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@dataclass
class Sheet:
    """One pupil's page: what it has shown as saved. `answers` holds acknowledged answers only."""

    id: UUID
    cookie: str
    submission: UUID = field(default_factory=uuid4)
    answers: dict[int, int] = field(default_factory=dict)
    alarming: bool = False  # a red answer to item 15 was acknowledged at some time
    receipt: str | None = None
    seq: int = 0


@dataclass
class Crowd:
    """Pupils answering over HTTP. `tries` counts requests, `wrong` what no page may ever be told here."""

    port: int
    sheets: list[Sheet]
    items: int
    finish_every: int = 2
    tries: int = 0
    wrong: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def answer_everything(self, threads: int) -> list[threading.Thread]:
        """Start; the threads end when every sheet is answered, or soon after `stop` is set."""
        queue = list(enumerate(self.sheets))
        lock = threading.Lock()

        def work(number: int) -> None:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            luck = random.Random(number)
            while not self.stop.is_set() and not self.wrong:
                with lock:
                    if not queue:
                        return
                    place, sheet = queue.pop()
                self._one_sheet(link, sheet, luck, finish=place % self.finish_every == 0)

        started = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
        for thread in started:
            thread.start()
        return started

    @property
    def acknowledged(self) -> int:
        """Answers shown as saved, hand-ins apart."""
        return sum(len(sheet.answers) for sheet in self.sheets)

    def _one_sheet(self, link, sheet: Sheet, luck: random.Random, *, finish: bool) -> None:
        order = luck.sample(range(self.items), self.items)
        for item in [*order, *order[:2]]:  # two are answered once more, otherwise
            self._save(link, sheet, item, luck.randint(1, 5))
            if self.stop.is_set() or self.wrong:
                return
        if finish:
            answers = [sheet.answers[item] for item in range(self.items)]
            body = {"submission": str(sheet.submission), "hash": fingerprint(answers), "answers": answers}
            said = self._until_acknowledged(link, "/a/finish", sheet, body)
            sheet.receipt = said["receipt"] if said else None

    def _save(self, link, sheet: Sheet, item: int, value: int) -> None:
        sheet.seq += 1
        body = {"seq": sheet.seq, "item": item, "value": value, "ms": 900}
        if self._until_acknowledged(link, "/a/save", sheet, body) is not None:
            sheet.answers[item] = value
            sheet.alarming = sheet.alarming or (item == LIFE and value >= RED)

    def _until_acknowledged(self, link, path: str, sheet: Sheet, body: dict) -> dict | None:
        raw = json.dumps({"sheet": str(sheet.id), **body})
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not self.stop.is_set() and not self.wrong:
            status, said = self._send(link, path, sheet, raw)
            if status == 200:
                return said
            if status in (0, 503):  # no answer, or "not saved yet": the page tries again
                time.sleep(0.05)
                continue
            self.wrong.append(f"{path}: {status} {said}")
            return None
        if not self.stop.is_set() and not self.wrong:
            self.wrong.append(f"{path}: no acknowledgement within {PATIENCE:.0f} s")
        return None

    def _send(self, link, path: str, sheet: Sheet, raw: str) -> tuple[int, dict]:
        self.tries += 1
        headers = {"Content-Type": "application/json", "X-Qingyan": "1", "Cookie": f"{PUPIL_COOKIE}={sheet.cookie}"}
        try:
            link.request("POST", path, raw, headers)
            answer = link.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            link.close()
            return 0, {}


def seated(house: House, port: int, *, pupils: int) -> Crowd:
    """Make the rows and the tickets. The house must be empty."""
    compiled = plan(CODE)
    items = len(compiled.items)
    filling = FILL.format(classes=CLASSES, pupils=pupils, items=items)
    with superuser(house) as link:
        with psycopg.ClientCursor(link) as cursor:
            cursor.execute(filling, {"code": CODE, "version": compiled.version, "digest": compiled.digest})
        rows = link.execute(WHO).fetchall()
    return Crowd(port, [Sheet(row[0], _cookie(*row[1:])) for row in rows], items)


def _cookie(session: UUID, student: UUID, school: int, school_class: int) -> str:
    ticket = first_ticket(
        session=session, student=student, school=school, school_class=school_class, now=int(time.time())
    )
    return seal(ticket, ticket_secret())


@dataclass
class Killer:
    """Kills processes of one service, and of no other. `done` names every kill."""

    service: Service
    house: House
    done: list[str] = field(default_factory=list)

    def kill(self, what: str) -> None:
        """One of: worker, web, jobs, backend, terminate, postmaster. What is not there just now is not killed."""
        if what == "terminate":
            self._terminate_backends()
            return
        victims = [one for one in getattr(self, f"_{what}")() if one.is_running()]
        if victims:
            os.kill(random.choice(victims).pid, signal.SIGKILL)
            self.done.append(what)

    def _children(self, word: str) -> list[psutil.Process]:
        try:
            mine = psutil.Process(self.service.process.pid).children()
            return [one for one in mine if word in " ".join(_words(one))]
        except psutil.NoSuchProcess:
            return []

    def _web(self) -> list[psutil.Process]:
        return self._children("granian")

    def _worker(self) -> list[psutil.Process]:
        return [one for web in self._web() for one in offspring(web.pid) if "granian" in " ".join(_words(one))]

    def _jobs(self) -> list[psutil.Process]:
        return [one for one in self._children("qingyan.command.main") if "worker" in _words(one)]

    def _postmaster(self) -> list[psutil.Process]:
        return self._children("postgres")

    def _backend(self) -> list[psutil.Process]:
        every = [one for master in self._postmaster() for one in offspring(master.pid)]
        return [one for one in every if "qingyan_app" in " ".join(_words(one))]

    def _terminate_backends(self) -> None:
        with superuser(self.house) as link:
            link.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'qingyan-answers' AND datname = current_database()"
            )
        self.done.append("terminate")


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return []


@dataclass(frozen=True)
class Loss:
    """What the database lacks, or has too often, of what was acknowledged. Empty lists: nothing."""

    answers: list[str]
    receipts: list[str]
    alerts: list[str]
    doubles: list[str]

    @property
    def total(self) -> int:
        """How many faults altogether."""
        return len(self.answers) + len(self.receipts) + len(self.alerts) + len(self.doubles)


STORED = "SELECT sitting_id, answers, submission FROM screening_answersheet"
RESULTS = "SELECT sitting_id, count(*) FROM screening_result GROUP BY sitting_id"
ALERTS = "SELECT sitting_id, rule, count(*) FROM alerts_alert GROUP BY sitting_id, rule"
TRAIL = """SELECT subject_id::uuid, count(*) FROM audit_entry WHERE action = 'sheet.handed_in' GROUP BY subject_id"""
FILED = "SELECT source, kind, count(*) FROM archives_entry GROUP BY source, kind HAVING count(*) > 1"


def lost(house: House, crowd: Crowd) -> Loss:
    """Compare everything acknowledged with the database."""
    with superuser(house) as link:
        sheets = {row[0]: row[1:] for row in link.execute(STORED)}
        results, trail = dict(link.execute(RESULTS).fetchall()), dict(link.execute(TRAIL).fetchall())
        alerts = {(sitting, rule): count for sitting, rule, count in link.execute(ALERTS)}
        doubles = [f"entry {row}" for row in link.execute(FILED)]
    loss = Loss([], [], [], doubles)
    for sheet in crowd.sheets:
        answers, submission = sheets[sheet.id]
        loss.answers.extend(f"{sheet.id}/{item}" for item, value in sheet.answers.items() if answers[item] != value)
        if sheet.receipt and (str(submission) != sheet.receipt or not results.get(sheet.id)):
            loss.receipts.append(str(sheet.id))
        if sheet.receipt and (results.get(sheet.id), trail.get(sheet.id)) != (1, 1):
            loss.doubles.append(f"result or trail of {sheet.id}")
        if sheet.alarming and alerts.get((sheet.id, "scl90_end_life_red")) != 1:
            loss.alerts.append(str(sheet.id))
    loss.doubles.extend(f"alert {key}" for key, count in alerts.items() if count > 1)
    return loss
