"""The answering endpoint's own connections: the app's role, prepared statements, several requests in one transaction.

Decides what is stored together (lean_batches, lean_together), what goes alone, and when that is tried again; what is
written is actions/. Alone means the pupil's scope, by the same statement as the middleware; together means a scope of
exactly the pupils of the batch, school by school. So row-level security stands behind this path too.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from qingyan.foundation.access.scope import SET_ALL, Scope, scope_of
from qingyan.people import api as people
from qingyan.people.contracts import PupilTicket
from qingyan.screening.actions import handing_in, saving
from qingyan.screening.actions.handing_in_together import Asked
from qingyan.screening.actions.saving_together import Save
from qingyan.screening.actions.writing import (
    Refused,
    SheetFacts,
    Writer,
    facts_of,
    refuse_signed_out,
    standing_of,
)
from qingyan.screening.contracts import Answer, HandIn, Receipt, Saved
from qingyan.screening.web import lean_together
from qingyan.screening.web.lean_batches import NOT_YET, Batches
from qingyan.screening.web.lean_together import Job

log = logging.getLogger(__name__)
POOL_SIZE = 8
POOL_WAIT_SECONDS = 5
WORTH_ANOTHER_TRY = ("08", "40", "57P")  # connection lost, deadlock, server going down; not a time limit
REMEMBERED_SHEETS = 20_000
_facts: dict[tuple[UUID, UUID, int], SheetFacts] = {}  # sheet, pupil, school
_facts_lock = threading.Lock()
Found = TypeVar("Found")


@dataclass(frozen=True)
class Pupil:
    """The signed-in pupil of one request: who writes, and the values of SET_ALL."""

    writer: Writer
    scope: Scope

    @classmethod
    def of(cls, ticket: PupilTicket, *, request_id: str) -> "Pupil":
        """From a ticket whose signature was checked."""
        writer = Writer(ticket.student, ticket.school, session=ticket.session, request=request_id)
        return cls(writer, scope_of(people.actor_of_ticket(ticket, request_id=request_id)))


def store(answer: Answer, pupil: Pupil, *, now: datetime) -> Saved:
    """Store one answer and commit. Raises Refused; on any other error nothing was acknowledged."""
    facts = _facts_together(answer.sheet, pupil, now)
    if facts is not None:
        saving.refuse_invalid(facts, answer)
        job = Job(pupil.scope, Save(answer, facts, pupil.writer), now)
        saved = _saves.run(job, key=answer.sheet)
        if saved is not NOT_YET:
            return saved

    def alone(cursor: Any) -> Saved:
        return saving.store(cursor, answer, _sheet_facts(cursor, answer.sheet, pupil, now), pupil.writer, now=now)

    return _try(alone, pupil)


def finish(handed: HandIn, pupil: Pupil, *, now: datetime) -> Receipt:
    """Hand in, score and commit. Raises Refused; a disputed hand-in is kept."""
    receipt = _hand_ins.run(Job(pupil.scope, Asked(handed, pupil.writer), now), key=handed.sheet)
    if receipt is not NOT_YET:
        return receipt

    def alone(cursor: Any) -> Receipt:
        facts = _sheet_facts(cursor, handed.sheet, pupil, now)
        return handing_in.hand_in(cursor, handed, facts, pupil.writer, now=now)

    return _try(alone, pupil)


def standing(sheet: UUID, pupil: Pupil, *, now: datetime) -> tuple[list[int | None], int]:
    """The stored answers of the pupil's own sheet and the highest sequence on it. Raises Refused."""

    def read(cursor: Any) -> tuple[list[int | None], int]:
        refuse_signed_out(cursor, pupil.writer, now=now)
        return standing_of(cursor, sheet, pupil.writer)

    return _try(read, pupil)


def renew(ticket: PupilTicket, pupil: Pupil) -> bool:
    """Write down that the session lasts longer. False when it has ended, or when the database does not answer."""
    values = {"session": ticket.session, "until": datetime.fromtimestamp(ticket.expires, tz=UTC)}
    try:
        return _try(lambda cursor: cursor.execute(people.RENEW_SESSION, values).rowcount == 1, pupil)
    except psycopg.Error:
        log.exception("a pupil's session was not renewed")
        return False


@cache
def pool() -> ConnectionPool[psycopg.Connection]:
    """This process's connections, opened when the first answer comes."""
    database = settings.DATABASES["default"]
    options = {name: value for name, value in database["OPTIONS"].items() if name != "pool"}
    conninfo = make_conninfo(
        dbname=database["NAME"],
        user=database["USER"],
        password=database["PASSWORD"],
        host=database["HOST"],
        port=str(database["PORT"] or ""),
        **{**options, "application_name": "qingyan-answers"},
    )
    kwargs = {"autocommit": True, "prepare_threshold": 0}
    made = ConnectionPool(
        conninfo, kwargs=kwargs, min_size=1, max_size=POOL_SIZE, timeout=POOL_WAIT_SECONDS, open=False
    )
    made.open()
    return made


def _try(work: Callable[[Any], Found], pupil: Pupil) -> Found:
    """Work in one transaction in the pupil's scope; once more if the connection broke, since all work is idempotent."""
    return _again_if_broken(lambda: _once(work, pupil))


def _once(work: Callable[[Any], Found], pupil: Pupil) -> Found:
    disputed = None
    with pool().connection() as connection:  # rolls back what an error leaves open
        with connection.pipeline():
            connection.execute("BEGIN")
            connection.execute(SET_ALL, pupil.scope.values())
        try:
            found = work(connection.cursor())
        except handing_in.Disputed as dispute:  # what the page showed is kept, so this transaction commits
            disputed = dispute
        connection.execute("COMMIT")
    if disputed is not None:
        raise disputed
    return found


def _again_if_broken(work: Callable[[], Found]) -> Found:
    try:
        return work()
    except psycopg.OperationalError as error:
        if error.sqlstate is not None and not error.sqlstate.startswith(WORTH_ANOTHER_TRY):
            raise
        log.warning("the database connection broke; trying once more")
        pool().check()
        return work()


def _facts_together(sheet: UUID, pupil: Pupil, now: datetime) -> SheetFacts | None:
    """The facts of a sheet, asked together with others; None when the request has to find out alone."""
    known = _facts.get((sheet, pupil.writer.student, pupil.writer.school))
    if known is None:
        row = _questions.run(Job(pupil.scope, sheet, now), key=sheet)
        known = _remembered(pupil, SheetFacts(*row)) if row is not NOT_YET else None
    return known


def _sheet_facts(cursor: Any, sheet: UUID, pupil: Pupil, now: datetime) -> SheetFacts:
    """Who and what a sheet is does not change while the pupil is at a school, so it is asked once a process."""
    known = _facts.get((sheet, pupil.writer.student, pupil.writer.school))
    if known is not None:
        return known
    try:
        return _remembered(pupil, facts_of(cursor, sheet, pupil.writer))
    except Refused:
        refuse_signed_out(cursor, pupil.writer, now=now)
        raise


def _remembered(pupil: Pupil, facts: SheetFacts) -> SheetFacts:
    with _facts_lock:
        if len(_facts) >= REMEMBERED_SHEETS:
            _facts.clear()
        _facts[facts.sitting, pupil.writer.student, pupil.writer.school] = facts
    return facts


def _connect() -> Any:
    return pool().connection()


_saves: Batches[Job[Save]] = Batches(partial(lean_together.save, _connect))
_hand_ins: Batches[Job[Asked]] = Batches(partial(lean_together.finish, _connect))
_questions: Batches[Job[UUID]] = Batches(partial(lean_together.look_up, _connect))
