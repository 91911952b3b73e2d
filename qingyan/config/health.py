"""Is this process alive (/healthz), may it serve (/readyz), what is it (/version).

Decides: what is asked at each of them. Does not: explain faults in words; `qingyan doctor` does.
"""

from collections.abc import Callable
from importlib.metadata import version as version_of

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from qingyan.foundation.access.protection import protected_tables
from qingyan.foundation.access.views import public

PROTECTED = """
    SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s)
    AND relrowsecurity AND relforcerowsecurity
"""


@public(reason="a balancer asks; the answer holds nothing")
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; no database is asked, so a slow database does not restart healthy processes."""
    return HttpResponse("ok\n", content_type="text/plain")


@public(reason="a balancer asks; the answer names checks, never data")
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when every check passes, else 503; the answer names the checks, never their reasons."""
    results = {name: _passes(check) for name, check in CHECKS.items()}
    return JsonResponse({"ready": all(results.values()), **results}, status=200 if all(results.values()) else 503)


@public(reason="says which software this is, which the sign-in page shows as well")
def version(_request: HttpRequest) -> JsonResponse:
    """Name and version of the software."""
    return JsonResponse({"name": "qingyan", "version": version_of("qingyan")})


def _database_answers() -> bool:
    return _single("SELECT 1") == 1


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _rows_are_protected() -> bool:
    bypass = _single("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    wanted = sorted(protected_tables())
    return not bypass and _single(PROTECTED, wanted) == len(wanted)


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


def _single(statement: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None


CHECKS = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "row_security": _rows_are_protected,
}
