"""What row-level security costs on two million rows: the same questions with the policies and with a plain WHERE.

Run by `make bench`. Prints medians of one run and the ratio; the aim is at most 1.25 times or one millisecond more.
The control is the policy shape we do not use (a function per row), which must come out far slower.
"""

import json
import os
import statistics
import sys
import time

import django
import psycopg

SCHOOLS, ROWS, REPEATS = 100, int(os.environ.get("BENCH_ROWS", "2000000")), 30
SCHOOL = 57

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
  SELECT gen_random_uuid(), n % {schools} + 1, n % {schools} + 1, 'name ' || md5(n::text), 'U', '', '', 'enrolled',
    true, now()
  FROM generate_series(1, {rows}) n;
"""

QUESTIONS = {
    "count of a school": "SELECT count(*) FROM people_student {where}",
    "page of 50 by name": "SELECT id, name FROM people_student {where} ORDER BY school_id, name LIMIT 50",
    "one row by key": "SELECT name FROM people_student WHERE id = '{key}' {and_}",
}


def _median_ms(cursor, statement: str, repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        cursor.execute(statement)
        cursor.fetchall()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _scoped(cursor) -> None:
    cursor.execute(
        "SELECT set_config('qingyan.school', %s, true), set_config('qingyan.sight', '{identity}', true)", [str(SCHOOL)]
    )


def _fill(owner) -> str:
    owner.execute("ALTER TABLE people_student NO FORCE ROW LEVEL SECURITY")
    owner.execute("SET statement_timeout = 0")
    owner.execute(FILL.format(schools=SCHOOLS, rows=ROWS))
    owner.execute("VACUUM ANALYZE people_student")
    return owner.execute(f"SELECT id FROM people_student WHERE school_id = {SCHOOL} LIMIT 1").fetchone()[0]


def _control(owner, app) -> float:
    """The shape that is forbidden: the scope looked up by a function of the row, evaluated for every row."""
    owner.execute("""CREATE FUNCTION scope.row_is_mine(candidate bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS
        $$ BEGIN RETURN candidate = nullif(current_setting('qingyan.school', true), '')::bigint; END $$""")
    owner.execute("GRANT EXECUTE ON FUNCTION scope.row_is_mine(bigint) TO qingyan_app")
    owner.execute("ALTER POLICY own_school ON people_student USING (scope.row_is_mine(school_id))")
    with app.transaction(), app.cursor() as cursor:
        _scoped(cursor)
        return _median_ms(cursor, QUESTIONS["count of a school"].format(where=""), repeats=3)


def main() -> None:
    """Measure and print one JSON object; exit 1 when the aim is missed."""
    django.setup()
    results = {}
    with (
        psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner,
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as app,
    ):
        key = _fill(owner)
        for name, question in QUESTIONS.items():
            plain = question.format(where=f"WHERE school_id = {SCHOOL}", and_=f"AND school_id = {SCHOOL}", key=key)
            with owner.cursor() as cursor:
                without = _median_ms(cursor, plain)
            with app.transaction(), app.cursor() as cursor:
                _scoped(cursor)
                with_policy = _median_ms(cursor, question.format(where="", and_="", key=key))
            results[name] = {"plain_ms": without, "policy_ms": with_policy, "ratio": with_policy / without}
        results["control: function per row"] = {"policy_ms": _control(owner, app)}
    print(json.dumps(results, indent=1))
    missed = [
        name
        for name, row in results.items()
        if "ratio" in row and row["ratio"] > 1.25 and row["policy_ms"] - row["plain_ms"] > 1
    ]
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
