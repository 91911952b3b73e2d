"""The city of the measurements: 20 schools, pupils with living sessions, SCL-90 sheets answered but not handed in.

About every seventh sheet is answered so that the screening rule finds something; item 15 (thoughts of ending one's
life) is rarely above "not at all". So some hand-ins raise alerts, as they would; the share is measured and printed.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import psycopg

from qingyan.instruments.api import plan
from qingyan.people.api import PUPIL_COOKIE, ticket_secret
from qingyan.people.rules.tickets import first_ticket, seal

SCHOOLS = 20
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
INSERT INTO screening_campaign (id, city_id, title, notice, notice_version, opens_at, closes_at, state, created_at,
    item_order, purpose, settled)
  SELECT gen_random_uuid(), 1, 'bench ' || n, '', 1, now() - interval '1 day', now() + interval '1 day', 'open', now(),
    'fixed', 'census', '{{}}'
  FROM generate_series(1, {rounds}) n;
INSERT INTO screening_sitting
    (id, campaign_id, student_id, school_id, school_class_id, instrument, version, state, started_at)
  SELECT gen_random_uuid(), c.id, p.id, p.school_id, p.school_class_id, 'scl-90', '{version}', 'answering', now()
  FROM people_student p CROSS JOIN screening_campaign c;
INSERT INTO screening_answersheet
    (sitting_id, student_id, school_id, school_class_id, instrument, version, instrument_hash, age, answers, times,
     sequences, answers_hash)
  SELECT id, student_id, school_id, school_class_id, instrument, version, '{digest}', 16,
    (SELECT array_agg(1 + (random() < p.often / CASE g WHEN 15 THEN 10 ELSE 1 END)::int * (1 + (random() < 0.3)::int))
     FROM generate_series(1, 90) g WHERE s.id IS NOT NULL),
    array_fill(1500, ARRAY[90]), array_fill(1, ARRAY[90]), ''
  FROM screening_sitting s,
    LATERAL (SELECT CASE WHEN random() < 0.15 AND s.id IS NOT NULL THEN 0.7 ELSE 0.25 END AS often) p;
"""
SHEETS = """
SELECT s.id, a.answers, p.id, s.student_id, s.school_id, s.school_class_id
FROM screening_sitting s JOIN screening_answersheet a ON a.sitting_id = s.id
JOIN screening_campaign c ON c.id = s.campaign_id JOIN people_pupilsession p ON p.student_id = s.student_id
WHERE c.title = %s ORDER BY md5(s.id::text)
"""


@dataclass(frozen=True)
class Pupil:
    """One pupil at one sheet: the cookie of the browser, and what is stored."""

    sheet: UUID
    answers: tuple[int, ...]
    cookie: str


def fill(owner: psycopg.Connection, *, pupils: int, rounds: int) -> None:
    """`pupils` at each school, each with one sheet in each of the rounds "bench 1", "bench 2" and so on."""
    compiled = plan("scl-90")
    tables = [
        row[0] for row in owner.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind = 'r'")
    ]
    for table in tables:
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    numbers = {"schools": SCHOOLS, "pupils": pupils, "rounds": rounds}
    owner.execute(FILL.format(**numbers, version=compiled.version, digest=compiled.digest))
    for table in tables:
        owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    owner.execute("VACUUM ANALYZE")


def seated(owner: psycopg.Connection, title: str) -> Iterator[Pupil]:
    """The pupils of a round, in no order that the tables have."""
    now = int(time.time())
    for sheet, answers, session, student, school, school_class in owner.execute(SHEETS, [title]).fetchall():
        ticket = first_ticket(session=session, student=student, school=school, school_class=school_class, now=now)
        yield Pupil(sheet, tuple(answers), f"{PUPIL_COOKIE}={seal(ticket, ticket_secret())}")
