"""A roster of 100,000 rows, from the bytes of the file to the register: seconds of each phase, processor, peak memory.

The phases are those that the person sees: checking (the file examined in a process of its own, compared with the
register, kept) and committing, deferred checks of the database included; then the same file again, which finds nobody
changed. The aim covers the first two. Processor seconds are user and system time of this process, of the child that
reads the file, and of the database's process that serves us; on a busy machine they say more than the clock.
"""

import json
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import django
import psycopg

django.setup()

from django.db import connection, transaction  # noqa: E402 (settings first)
from django.utils import timezone  # noqa: E402

from qingyan.foundation.access.actor import system_actor  # noqa: E402
from qingyan.foundation.access.roles import Sight  # noqa: E402
from qingyan.foundation.access.scope import entered  # noqa: E402
from qingyan.organisations.api import school_by_slug  # noqa: E402
from qingyan.people.actions import roster, roster_committing  # noqa: E402
from qingyan.people.roster.identity import check_character  # noqa: E402

ROWS, AIM = int(os.environ.get("BENCH_ROWS", "100000")), 20.0
CITY = """
INSERT INTO organisations_city (id, name, demo) VALUES (1, 'bench', true);
INSERT INTO organisations_district (id, city_id, name, slug) VALUES (1, 1, 'bench', 'bench');
INSERT INTO organisations_schoolyear (id, name, starts_on, ends_on)
  VALUES (1, 'bench', now()::date - 60, now()::date + 200);
INSERT INTO organisations_school
  (id, district_id, name, short_name, slug, kind, accent, welcome, counselling_room, opened)
  VALUES (1, 1, 'bench', 'b', 'bench', 'junior', '#1f7a78', '', '', true);
"""
HEADER = "学籍号,姓名,性别,出生日期,身份证件号,民族,年级,班级,监护人姓名,监护人电话"
GRADES = ("七年级", "八年级", "九年级")


def _row(serial: int) -> str:
    born = date(2012, serial % 12 + 1, serial % 28 + 1)
    body = f"1503{serial // 1000 % 100:02d}{born:%Y%m%d}{serial % 1000:03d}"
    number, sex = body + check_character(body), "男" if serial % 2 else "女"
    name = f"李{chr(0x4E00 + serial % 9000)}{chr(0x5000 + serial // 9000)}"
    place = f"{GRADES[serial % 3]},{serial // 3 % 60 + 1}"
    return f"G{number},{name},{sex},{born},{number},汉族,{place},李家长,138{serial:08d}"


def _prepare() -> None:
    with psycopg.connect(os.environ["SUPERUSER_URL"], autocommit=True) as owner:
        for (table,) in owner.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity").fetchall():
            owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            if table.startswith("organisations"):
                owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        for statement in CITY.strip().split(";\n"):
            owner.execute(statement)
        for (table,) in owner.execute("SELECT DISTINCT tablename FROM pg_policies").fetchall():
            owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")


def _processor() -> float:
    """Seconds of this process, its children, and the database's process behind our connection."""
    own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    ticks = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[11:13]
    return own + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _timed(figures: dict[str, float], name: str) -> Iterator[None]:
    began, worked = time.perf_counter(), _processor()
    yield
    figures[name] = round(time.perf_counter() - began, 2)
    figures[f"{name}_processor"] = round(_processor() - worked, 2)


def _memory(figures: dict[str, float], turn: str) -> None:
    for who, kind in (("memory_mb", resource.RUSAGE_SELF), ("child_memory_mb", resource.RUSAGE_CHILDREN)):
        figures[f"{who}{turn}"] = round(resource.getrusage(kind).ru_maxrss / 1024)


def main() -> None:
    """Measure and print one JSON object."""
    _prepare()
    content = "\n".join([HEADER, *map(_row, range(ROWS))]).encode()
    figures: dict[str, float] = {"rows": ROWS, "megabytes": round(len(content) / 1e6, 1)}
    _memory(figures, "_before")
    for turn in ("", "_again"):
        _imported(content, figures, turn)
        _memory(figures, turn)
    figures["first_import"] = round(figures["check"] + figures["commit"], 2)
    figures["first_import_processor"] = round(figures["check_processor"] + figures["commit_processor"], 2)
    figures["load"] = os.getloadavg()[0]
    print("\n" + json.dumps(figures, indent=1))
    if ROWS == 100_000 and figures["first_import"] > AIM:
        raise SystemExit(1)


def _imported(content: bytes, figures: dict[str, float], turn: str) -> None:
    """One import, as a job does it."""
    school, now = school_by_slug("bench"), timezone.now()
    assert school is not None
    by = system_actor(school_id=school.id, sight=frozenset({Sight.IDENTITY, Sight.ROSTER}), purpose="bench")
    with _timed(figures, f"check{turn}"), transaction.atomic(), entered(by):
        draft = roster.upload(school=school, file_name="b.csv", content=content, by=by, now=now, at_once=True)
    assert draft.rows_good == ROWS, (draft.rows_good, draft.problem)
    with _timed(figures, f"commit{turn}"), transaction.atomic(), entered(by):
        done = roster_committing.commit(draft=draft, by=by, now=now)
    assert done.plan["new"] == (0 if turn else ROWS), done.plan


if __name__ == "__main__":
    main()
