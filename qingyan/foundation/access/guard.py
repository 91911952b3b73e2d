"""Refuses SQL that touches a protected table outside a scope. Row-level security would answer with silent emptiness;
a programmer should hear it. Only the app's connection is watched."""

import re
from functools import cache

from django.db import DEFAULT_DB_ALIAS

from qingyan.foundation.access.protection import protected_tables
from qingyan.foundation.access.scope import current

_TABLE = re.compile(r'"([a-z_]+)"')


class OutsideScope(RuntimeError):
    """A protected table was touched where no scope had been entered."""


@cache
def _protected() -> frozenset[str]:
    return protected_tables()


def guard(execute, sql, params, many, context):
    """A Django execute wrapper: look for protected tables when no scope is entered."""
    if current() is None and isinstance(sql, str) and not sql.startswith("EXPLAIN"):
        touched = _protected().intersection(_TABLE.findall(sql))
        if touched:
            raise OutsideScope(f"{', '.join(sorted(touched))} touched outside a scope: use entered(actor).")
    return execute(sql, params, many, context)


def watch(sender, connection, **kwargs) -> None:
    """Put the guard on every new connection of the app's alias, once."""
    if connection.alias == DEFAULT_DB_ALIAS and guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
