"""The questions of `qingyan doctor` that need Django: each returns what it found, in words.

Decides: what counts as well. Does not: repair. /readyz asks a quick subset (`config.health`).
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, connections

from qingyan.command.doctor import Line
from qingyan.command.work import auditing, migrating
from qingyan.foundation.access.protection import protected_tables
from qingyan.foundation.crypto import keyring
from qingyan.foundation.crypto.envelope import Unreadable
from qingyan.foundation.crypto.models import DataKey
from qingyan.foundation.jobs.queries import counts_by_state

OLDEST_SERVER = 150000
MUST_BE_ON = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
POWERS = """SELECT rolname FROM pg_roles WHERE rolname = current_user
            AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"""
OWNED = "SELECT count(*) FROM pg_tables WHERE tableowner = current_user"
OPEN_TABLES = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s)
                 AND NOT (relrowsecurity AND relforcerowsecurity)"""
WITH_POLICY = "SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public'"
OVERDUE = """SELECT count(*) FROM procrastinate_jobs
             WHERE status = 'todo' AND coalesce(scheduled_at, now()) < now() - interval '10 minutes'"""
MOST_ENTRIES = 200_000  # above this, the whole trail is left to `qingyan audit verify`

Finding = Iterator[Line]


def examined() -> list[Line]:
    """Every finding; a question that the database refuses becomes a fault of its own."""
    lines: list[Line] = []
    for question in QUESTIONS:
        try:
            lines += question()
        except DatabaseError as error:
            connection.close()
            lines.append(Line(question.__name__.strip("_").replace("_", " "), False, str(error).strip()))
    connections.close_all()
    return lines


def _server() -> Finding:
    number = int(_single("SHOW server_version_num"))
    words = f"PostgreSQL {number // 10000}.{number % 10000}"
    yield Line(
        "server", number >= OLDEST_SERVER, words if number >= OLDEST_SERVER else f"{words}; 15 or newer is needed"
    )
    for name in MUST_BE_ON:
        value = _single("SELECT current_setting(%s)", name)
        advice = "on" if value == "on" else f"{value}; acknowledged answers could be lost or damaged: set it to on"
        yield Line(name, value == "on", advice)


def _roles() -> Finding:
    for alias in ("default", "bureau"):
        if alias not in connections.databases:
            yield Line(f"role of {alias}", alias != "default", "not configured")
            continue
        role = _single("SELECT current_user", alias=alias)
        powerful = _single(POWERS, alias=alias) is not None
        owned = int(_single(OWNED, alias=alias))
        advice = (
            f"{role} has powers or owns tables, so row-level security does not bind it; see: qingyan database roles"
        )
        yield Line(f"role of {alias}", not powerful and not owned, advice if powerful or owned else role)


def _migrations() -> Finding:
    if migrating.OWNER not in connections.databases:
        yield Line("migrations", True, "not asked: this process has no DATABASE_OWNER_URL")
        return
    missing = migrating.planned()
    yield Line(
        "migrations", not missing, f"missing: {', '.join(missing)}; run: qingyan migrate" if missing else "all applied"
    )


def _row_level_security() -> Finding:
    wanted = sorted(protected_tables())
    found = set(_column(OPEN_TABLES, wanted))
    open_tables = sorted(found | (set(wanted) - set(_column(WITH_POLICY))))
    words = f"{len(wanted)} tables protected"
    advice = f"not protected: {', '.join(open_tables)}; run: qingyan migrate"
    yield Line("row-level security", not open_tables, advice if open_tables else words)


def _keys() -> Finding:
    rows = list(DataKey.objects.all())
    masters = (settings.QINGYAN_MASTER_KEY, *settings.QINGYAN_PREVIOUS_MASTER_KEYS)
    closed = [row for row in rows if not _opens(row, masters)]
    words = f"{len(rows)} data keys open with the master key, cipher {settings.QINGYAN_CIPHER}"
    advice = f"{len(closed)} of {len(rows)} data keys do not open: the MASTER_KEY of this database is another one"
    yield Line("keys", not closed, advice if closed else words)


def _front_end() -> Finding:
    manifest = settings.BUILT_FRONT_END / "manifest.json"
    yield Line("front end", manifest.exists(), "built" if manifest.exists() else "not built; run: make build")
    fonts = list(settings.BUILT_FRONT_END.rglob("*.woff2"))
    yield Line(
        "fonts",
        bool(fonts),
        f"{len(fonts)} packaged" if fonts else "none packaged, Chinese may show as boxes; make build",
    )


def _jobs() -> Finding:
    counts = counts_by_state()
    parked, overdue = counts.get("failed", 0), int(_single(OVERDUE))
    yield Line("parked jobs", not parked, f"{parked} failed for good; see the jobs page" if parked else "none")
    advice = f"{overdue} jobs wait longer than 10 minutes; is a worker running? (qingyan worker)"
    yield Line("waiting jobs", not overdue, advice if overdue else f"{counts.get('todo', 0)} due now or later")


def _audit_trail() -> Finding:
    if migrating.OWNER not in connections.databases:
        yield Line("audit trail", True, "not asked: this process has no DATABASE_OWNER_URL")
        return
    entries = int(_single("SELECT coalesce(sum(seq), 0) FROM audit_head", alias=migrating.OWNER))
    if entries > MOST_ENTRIES:
        yield Line("audit trail", True, f"{entries} entries; run: qingyan audit verify")
        return
    found = auditing.verify(None)
    faults = found["findings"]
    advice = f"{len(faults)} faults, first: {faults[0]['words']}; run: qingyan audit verify" if faults else ""
    yield Line("audit trail", not faults, advice or f"{entries} entries, {found['words']}")


def _opens(row: DataKey, masters: tuple[bytes, ...]) -> bool:
    try:
        keyring.unwrap(row, masters)
    except Unreadable:
        return False
    return True


def _single(statement: str, *values: object, alias: str = "default") -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _column(statement: str, *values: object) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [name for (name,) in cursor.fetchall()]


QUESTIONS: tuple[Callable[[], Finding], ...] = (
    _server, _roles, _migrations, _row_level_security, _keys, _front_end, _jobs, _audit_trail,
)  # fmt: skip
