"""What a scope may do with one protected table, tried and compared with what the declaration promises. Not a test.

Rows stand in every protected table for four pupils: two of class A and one of class B at home, one at another school.
A superuser looks at them first; then the same connection takes the serving role, as the app would.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import psycopg

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.protection import COUNTER, OWNER
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import SET_ALL, Scope, scope_of
from qingyan.foundation.access.scoping import SchoolScope
from tests.factories.city import Cast
from tests.foundation.access.filling import protected

EVERY_SIGHT = "{" + ",".join(Sight) + "}"


@dataclass(frozen=True)
class Row:
    """A row as the superuser sees it, with the words by which policies judge it."""

    values: dict[str, Any]
    school: int
    student: str | None
    class_: int | None
    readers: frozenset[str] | None  # who alone may read it; None where the table names no readers
    given: str | None = None  # to whom it opens without a gate


@dataclass(frozen=True)
class Watched:
    """One table: its declaration and all its rows."""

    table: str
    scope: SchoolScope
    rows: list[Row]


def watched(link: psycopg.Connection) -> dict[str, Watched]:
    """All tables with their rows, as the superuser of `link` sees them."""
    return {table: Watched(table, scope, _rows(link, table, scope)) for table, _, scope in protected()}


def _rows(link: psycopg.Connection, table: str, scope: SchoolScope) -> list[Row]:
    cursor = link.execute(f'SELECT * FROM "{table}"')
    names = [column.name for column in cursor.description or ()]
    found = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    return [
        Row(
            one,
            one[scope.school],
            str(one[scope.student]) if scope.student else None,
            one[scope.class_] if scope.class_ else None,
            _readers(one, scope),
            str(one[scope.given]) if scope.given else None,
        )
        for one in found
    ]


def _readers(values: dict[str, Any], scope: SchoolScope) -> frozenset[str] | None:
    named = {str(values[scope.reader])} if scope.reader else set()
    named |= set(map(str, values[scope.readers])) if scope.readers else set()
    return frozenset(named) if scope.reader or scope.readers else None


def _overseeing(scope: Scope) -> list[str]:
    return [school for school in scope.overseen.strip("{}").split(",") if school]


@dataclass
class Probe:
    """Tries one table in one scope after the other; `wrong` lists what was not as declared."""

    link: psycopg.Connection
    cast: Cast
    watched: Watched
    wrong: list[str] = field(default_factory=list)

    def run(self) -> list[str]:
        """Everything, within the transaction that is open on `link`."""
        for name, scope, role in self._scopes():
            with self._as(scope, role):
                self._reads(name, scope, role)
                self._inserts(name, scope, role)
                self._updates(name, scope, role)
        self._counter()
        self._mover()
        if self.watched.table == "audit_entry":
            self._trail()
        return self.wrong

    def _scopes(self) -> Iterator[tuple[str, Scope, str]]:
        home, other = str(self.cast.home.school.id), str(self.cast.other.school.id)
        pupil, class_a = str(self.cast.home.pupil.id), f"{{{self.cast.home.class_a.id}}}"
        gates = "{" + ",".join(self.watched.scope.gates) + "}"
        yield "nowhere", Scope(sight=EVERY_SIGHT), "none"
        yield "home", Scope(school=home, sight=EVERY_SIGHT), "none"
        yield "the other school", Scope(school=other, sight=EVERY_SIGHT), "none"
        yield "home, blind", Scope(school=home), "none"
        for gate in self.watched.scope.gates:
            yield f"home, sight of {gate}", Scope(school=home, sight=f"{{{gate}}}"), "none"
        yield from self._readers_scopes(home)
        yield from self._officers()
        yield "pupil", Scope(school=home, student=pupil, sight=gates), "narrow"
        yield "pupil, blind", Scope(school=home, student=pupil), "narrow"
        yield "pupil of no school", Scope(student=pupil, sight=gates), "narrow"
        yield "teacher", Scope(school=home, classes=class_a, sight=gates), "narrow"
        yield "teacher of no class", Scope(school=home, classes="{}", sight=gates), "narrow"
        yield "teacher, blind", Scope(school=home, classes=class_a), "narrow"
        yield "pupil who forgot the role", Scope(school=home, student=pupil, sight=gates), "forgotten"
        yield "teacher who forgot the role", Scope(school=home, classes=class_a, sight=gates), "forgotten"

    def _readers_scopes(self, home: str) -> Iterator[tuple[str, Scope, str]]:
        """Who stands in a row reads it, with the sight; colleagues with every sight do not (ADR 0029)."""
        for reader in sorted({one for row in self.watched.rows for one in row.readers or ()}):
            yield f"reader {reader}", Scope(actor=reader, school=home, sight=EVERY_SIGHT), "none"
            yield f"reader {reader}, blind", Scope(actor=reader, school=home), "none"
        for asked in sorted({row.given for row in self.watched.rows if row.given}):
            yield f"asked {asked}, blind", Scope(actor=asked, school=home), "none"
            yield f"asked {asked}, of no class", Scope(actor=asked, school=home, classes="{}"), "narrow"
            yield f"asked {asked}, of no school", Scope(actor=asked), "none"
        yield "a colleague", Scope(actor=str(uuid4()), school=home, sight=EVERY_SIGHT), "none"

    def _officers(self) -> Iterator[tuple[str, Scope, str]]:
        """As an actor's own scope has it: standing nowhere they oversee; standing at a school they do not."""
        home, other = self.cast.home.school.id, self.cast.other.school.id
        named = min((one for row in self.watched.rows for one in row.readers or ()), default=None)
        # Even one who stands in a row does not read it from outside the school.
        officer = Actor(
            kind=Kind.STAFF,
            id=UUID(named) if named else uuid4(),
            overseen=frozenset({home}),
            extra_sight=frozenset(Sight),
            purpose="probe",
        )
        yield "officer of home", scope_of(officer), "none"
        yield "officer of both", scope_of(replace(officer, overseen=frozenset({home, other}))), "none"
        yield "officer of home, blind", scope_of(replace(officer, extra_sight=frozenset())), "none"
        yield "officer of home at the other school", scope_of(officer.at_school(other)), "none"

    @contextmanager
    def _as(self, scope: Scope, role: str) -> Iterator[None]:
        with self.link.transaction(force_rollback=True):
            self.link.execute("SET LOCAL ROLE qingyan_app")
            values = list(scope.values())
            values[-1] = "qingyan_narrow" if role == "narrow" else "qingyan_app"
            self.link.execute(SET_ALL, values)
            yield

    def _reads(self, name: str, scope: Scope, role: str) -> None:
        granted = role != "narrow" or "SELECT" in self.watched.scope.narrow
        wanted = sum(self._visible(row, scope, role) for row in self.watched.rows) if granted else None
        found = self._asked(f'SELECT count(*) FROM "{self.watched.table}"')
        if found != wanted:
            self.wrong.append(f"{name} reads {found} rows, not {wanted}")

    def _inserts(self, name: str, scope: Scope, role: str) -> None:
        granted = "INSERT" in (self.watched.scope.narrow if role == "narrow" else self.watched.scope.writes)
        for row in self.watched.rows:
            wanted = granted and self._mine(row, scope, role)
            if self._admits(row) != wanted:
                self.wrong.append(f"{name} may {'not ' if wanted else ''}insert a row of school {row.school}")

    def _updates(self, name: str, scope: Scope, role: str) -> None:
        """Without WHERE and RETURNING, so that no right and no policy of reading helps."""
        if role == "narrow" or "UPDATE" not in self.watched.scope.writes:
            return
        column = self.watched.scope.school
        here, elsewhere = scope.school or next(iter(_overseeing(scope)), "0"), self.cast.far.school.id
        wanted = sum(self._mine(row, scope, role) for row in self.watched.rows)
        found = self._changed(f'UPDATE "{self.watched.table}" SET {column} = {here}')
        if found != wanted:
            self.wrong.append(f"{name} changes {found} rows, not {wanted}")
        if wanted and self._changed(f'UPDATE "{self.watched.table}" SET {column} = {elsewhere}') is not None:
            self.wrong.append(f"{name} moves rows to another school")

    def _counter(self) -> None:
        """The counting role sees the counted columns of every school, and nothing of other tables."""
        counted = self.watched.scope.counted
        with self.link.transaction(force_rollback=True):
            self.link.execute(f"SET LOCAL ROLE {COUNTER}")
            found = self._asked(f'SELECT count({counted[0] if counted else "*"}) FROM "{self.watched.table}"')
        if found != (len(self.watched.rows) if counted else None):
            self.wrong.append(f"the counter counts {found}")

    def _mover(self) -> None:
        """The owner behind a transfer and a merge reaches the rows of the named pupils, and without a name none."""
        if not self.watched.scope.student:
            return
        pupil = str(self.cast.home.pupil.id)
        for named in (pupil, ""):
            with self.link.transaction(force_rollback=True):
                self.link.execute(f"SET LOCAL ROLE {OWNER}")
                self.link.execute("SELECT set_config('qingyan.moving', %s, true)", [named and f"{{{named}}}"])
                mine = [row for row in self.watched.rows if named and row.student == named]
                if self._asked(f'SELECT count(*) FROM "{self.watched.table}"') != len(mine):
                    self.wrong.append(f"the mover of {named or 'nobody'} reads other rows")
                if [row for row in self.watched.rows if self._admits(row)] != mine:
                    self.wrong.append(f"the mover of {named or 'nobody'} writes other rows")

    def _trail(self) -> None:
        """The owner's policies behind audit.append: it writes, and the app sees no head."""
        home = str(self.cast.home.school.id)
        with self._as(Scope(school=home, sight=EVERY_SIGHT), "none"):
            entry = f"SELECT audit.append({home}, now(), NULL, 'x', '', 'x', 'x', 'x', NULL, '', '', '{{}}') > 0"
            if self._asked(entry) is not True or self._asked("SELECT count(*) FROM audit_head") != 0:
                self.wrong.append("the trail is not written, or its heads are shown")

    def _mine(self, row: Row, scope: Scope, role: str) -> bool:
        """Whether the declaration lets this scope write the row."""
        overseen = self.watched.scope.overseen and str(row.school) in _overseeing(scope)
        if not (str(row.school) == scope.school or overseen) or role == "forgotten":
            return False
        own_student = not scope.student or row.student == scope.student
        asked = bool(row.given) and row.given == scope.actor
        own_class = asked or not scope.classes or (row.class_ is not None and f"{{{row.class_}}}" == scope.classes)
        return own_student and own_class

    def _visible(self, row: Row, scope: Scope, role: str) -> bool:
        gates = self.watched.scope.gates
        seen = not gates or bool(set(gates) & set(scope.sight.strip("{}").split(",")))
        seen = seen or (bool(row.given) and row.given == scope.actor)
        named = row.readers is None or scope.actor in row.readers
        return seen and named and self._mine(row, scope, role)

    def _asked(self, statement: str) -> Any:
        """The one value, or None when the right is missing."""
        try:
            with self.link.transaction():
                return self.link.execute(statement).fetchone()[0]  # type: ignore[index]
        except psycopg.errors.InsufficientPrivilege:
            return None

    def _changed(self, statement: str) -> int | None:
        try:
            with self.link.transaction(force_rollback=True):
                return self.link.execute(statement).rowcount
        except psycopg.errors.InsufficientPrivilege:
            return None
        except psycopg.errors.IntegrityError:
            return -1  # rows were let in that a key refused: never what was declared

    def _admits(self, row: Row) -> bool:
        """The row once more: policies speak before keys do, so a doubled key means that it was let in."""
        names = ", ".join(f'"{name}"' for name in row.values)
        marks = ", ".join(["%s"] * len(row.values))
        values = [
            psycopg.types.json.Jsonb(value) if isinstance(value, dict) else value for value in row.values.values()
        ]
        if any(isinstance(value, list) and value and isinstance(value[0], dict) for value in values):
            values = [psycopg.types.json.Jsonb(value) if isinstance(value, list) else value for value in values]
        try:
            with self.link.transaction(force_rollback=True):
                self.link.execute(f'INSERT INTO "{self.watched.table}" ({names}) VALUES ({marks})', values)
        except psycopg.errors.InsufficientPrivilege:
            return False
        except psycopg.errors.IntegrityError:
            return True
        return True
