"""Every policy is there for a reason: take one away, or loosen it, and the probe of its table turns red.

A mutant lives in a transaction of a superuser that is rolled back. The probe without a mutant must find nothing.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo

from qingyan.foundation.access.protection import declared
from qingyan.foundation.access.scoping import Owned
from tests.foundation.access.filling import protected, seat
from tests.foundation.access.probe import Probe, watched
from tests.server import SUPERUSER


@dataclass(frozen=True)
class Mutant:
    """One way to weaken or break one policy."""

    policy: str
    how: str
    statement: str
    table: str


@pytest.fixture
def link(committed_cast) -> Iterator[psycopg.Connection]:
    """A superuser in the test's database; the rows stand."""
    seat(committed_cast)
    connections["default"].close()
    name = connections["owner"].settings_dict["NAME"]
    with psycopg.connect(make_conninfo(os.environ[SUPERUSER], dbname=name)) as made:
        yield made
        made.rollback()


def mutants(link: psycopg.Connection) -> list[Mutant]:
    """Each policy dropped; each that says USING (…) open to all rows; each WITH CHECK open to all rows."""
    made = []
    rows = link.execute(
        "SELECT tablename, policyname, permissive, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
    )
    owned = {table for table, (_, scope) in declared().items() if isinstance(scope, Owned)}  # see test_owned.py
    for table, policy, permissive, command, condition, check in rows.fetchall():
        if table in owned:
            continue
        on = f'{policy} ON "{table}"'
        probed = "audit_entry" if table == "audit_head" else table
        made.append(Mutant(f"{table}.{policy}", "dropped", f"DROP POLICY {on}", probed))
        if permissive == "PERMISSIVE" and condition != "true":
            made.append(Mutant(f"{table}.{policy}", "reads all", f"ALTER POLICY {on} USING (true)", probed))
            if check and command == "ALL":
                loosened = f"ALTER POLICY {on} WITH CHECK (true)"
                made.append(Mutant(f"{table}.{policy}", "writes all", loosened, probed))
        if condition == "true" and policy.startswith("owner"):
            made.append(Mutant(f"{table}.{policy}", "open to all", f"ALTER POLICY {on} TO PUBLIC", probed))
    return made + circles()


def circles() -> list[Mutant]:
    """Officers shut out of a table that is overseen, in reading or in writing; let into one that is not (ADR 0029);
    and a row for the few that opens to whoever is somebody."""
    made = []
    for table, _, scope in protected():
        mine = f"{scope.school} = (SELECT scope.school())"
        both = f"{mine} OR {scope.school} = ANY ((SELECT scope.overseen())::bigint[])"
        on = f'ALTER POLICY own_school ON "{table}"'
        if scope.overseen:
            made.append(Mutant(f"{table}.own_school", "officers read nothing", f"{on} USING ({mine})", table))
            made.append(Mutant(f"{table}.own_school", "officers write nothing", f"{on} WITH CHECK ({mine})", table))
        else:
            made.append(Mutant(f"{table}.own_school", "officers read", f"{on} USING ({both})", table))
        if scope.reader or scope.readers:
            anybody = f'ALTER POLICY readers ON "{table}" USING (scope.actor() IS NOT NULL)'
            made.append(Mutant(f"{table}.readers", "anybody reads", anybody, table))
        if scope.given:
            anybody = f'ALTER POLICY sight ON "{table}" USING (scope.actor() IS NOT NULL)'
            made.append(Mutant(f"{table}.sight", "anybody is asked", anybody, table))
            shut = f'ALTER POLICY own_classes ON "{table}" USING ((SELECT scope.classes()) IS NULL)'
            made.append(Mutant(f"{table}.own_classes", "who is asked reads nothing", shut, table))
    return made


def test_without_a_mutant_the_probe_finds_nothing_wrong_in_any_table(link, committed_cast):
    tables = watched(link)
    assert [name for name, one in tables.items() if len({row.school for row in one.rows}) < 2] == [], "two schools"
    assert {name: found for name, one in tables.items() if (found := Probe(link, committed_cast, one).run())} == {}


def test_every_policy_that_is_taken_away_or_loosened_is_noticed(link, committed_cast):
    tables, every = watched(link), mutants(link)
    survivors = []
    for mutant in every:
        with link.transaction(force_rollback=True):
            link.execute(mutant.statement)
            if not Probe(link, committed_cast, tables[mutant.table]).run():
                survivors.append(mutant)
    assert survivors == []
    assert len(every) >= 80
    assert {mutant.how for mutant in every} >= {"officers read nothing", "officers write nothing", "anybody reads"}
