"""A batch in one transaction: each school's pupils in a scope of their own, one COMMIT for all.

Decides scopes and round trips; what is written is actions/saving_together and handing_in_together. A statement never
holds two schools: scope_of_pupils refuses, and the policies check each row against school and pupils. Schools go in
order of their numbers, so that two processes do not wait for each other's trail.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Generic, TypeVar
from uuid import UUID

from qingyan.foundation.access.scope import SET_ALL, Scope, scope_of_pupils
from qingyan.foundation.audit.api import GatheringCursor
from qingyan.screening.actions import handing_in_together as handing_in
from qingyan.screening.actions import saving_together as saving
from qingyan.screening.actions.handing_in_together import Asked
from qingyan.screening.actions.saving_together import Save
from qingyan.screening.actions.writing import facts_of_many
from qingyan.screening.contracts import Receipt
from qingyan.screening.web.lean_batches import Turn

# Who waits for a row that somebody holds goes alone, and lets the others pass. A school's trail is worth waiting for.
ROW_WAIT, TRAIL_WAIT = "100ms", "2s"
ENTER = SET_ALL + ", set_config('lock_timeout', %s, true)"
Work = TypeVar("Work")
Connect = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Job(Generic[Work]):
    """One request as a batch sees it: the pupil's own scope, what to do, when it came."""

    scope: Scope
    work: Work
    now: datetime


Turns = Sequence[Turn[Job[Work]]]


class Group(Generic[Work]):
    """The turns of one school, the scope of exactly their pupils, and the cursor that speaks for them."""

    def __init__(self, turns: Sequence[Turn[Job[Work]]], connection: Any) -> None:
        self.scope = scope_of_pupils([turn.item.scope for turn in turns]).values()
        self.turns = turns
        self.work = [turn.item.work for turn in turns]
        self.cursor = connection.cursor()
        self.trail = GatheringCursor(self.cursor, before=self.enter)

    def enter(self, wait: str = ROW_WAIT) -> None:
        """What follows in this transaction is in this group's scope."""
        self.cursor.execute(ENTER, (*self.scope, wait))


def _groups(turns: Turns[Work], connection: Any) -> list[Group[Work]]:
    by_school = sorted(turns, key=lambda turn: int(turn.item.scope.school))
    return [Group(list(some), connection) for _, some in groupby(by_school, key=lambda turn: turn.item.scope.school)]


def look_up(connect: Connect, turns: Turns[UUID]) -> None:
    """Outcome: the facts of each pupil's own sheet. Nothing is written, so nothing waits for the disk."""
    with connect() as connection:
        groups = _groups(turns, connection)
        with connection.pipeline():
            connection.execute("BEGIN READ ONLY")
            for group in groups:
                group.enter()
                facts_of_many(group.cursor, [(turn.item.work, turn.item.scope.student) for turn in group.turns])
            connection.execute("COMMIT")
        for group in groups:
            found = {row[0]: row for row in group.cursor.fetchall()}
            _tell(group.turns, {sheet: found.get(sheet) for sheet in group.work}, group.work)


def save(connect: Connect, turns: Turns[Save]) -> None:
    """Outcome: Saved. An answer that was not stored goes alone; a watched one is announced before COMMIT."""
    now = max(turn.item.now for turn in turns)
    with connect() as connection:
        groups = _groups(turns, connection)
        watched = any(one.is_watched for group in groups for one in group.work)
        with connection.pipeline():
            connection.execute("BEGIN")
            for group in groups:
                group.enter()
                saving.save_many(group.cursor, group.work, now=now)
            if not watched:
                connection.execute("COMMIT")
        saved = [saving.saved_of(group.cursor, group.work) for group in groups]
        if watched:
            for group, done in zip(groups, saved, strict=True):
                saving.announce_watched(group.trail, [one for one in group.work if one.sheet in done], now=now)
            _commit(groups, connection)
    for group, done in zip(groups, saved, strict=True):
        _tell(group.turns, done, [one.sheet for one in group.work])


def finish(connect: Connect, turns: Turns[Asked]) -> None:
    """Outcome: Receipt. A hand-in that is not plain goes alone."""
    now = max(turn.item.now for turn in turns)
    with connect() as connection:
        groups = _groups(turns, connection)
        with connection.pipeline():
            connection.execute("BEGIN")
            for group in groups:
                group.enter()
                handing_in.read_many(group.cursor, group.work, now=now)
        ready = [handing_in.scored_of(group.cursor, group.work, now=now) for group in groups]
        with connection.pipeline():
            for group, some in zip(groups, ready, strict=True):
                if some:
                    group.enter()
                    handing_in.store_many(group.cursor, some, now=now)
        for group, some in zip(groups, ready, strict=True):
            handing_in.announce_scored(group.trail, some, now=now)
        _commit(groups, connection)
    for group, some in zip(groups, ready, strict=True):
        given = {one.facts.sitting: Receipt(one.facts.sitting, one.asked.handed.submission, now) for one in some}
        _tell(group.turns, given, [one.handed.sheet for one in group.work])


def _commit(groups: Sequence[Group[Any]], connection: Any) -> None:
    """The trails last and together: each school's chain is held for one round trip only."""
    with connection.pipeline():
        for group in groups:
            if group.trail.entries:
                group.enter(TRAIL_WAIT)
                group.trail.append(group.cursor, int(group.turns[0].item.scope.school))
        connection.execute("COMMIT")


def _tell(turns: Sequence[Turn[Any]], outcomes: dict[UUID, Any], sheets: Sequence[UUID]) -> None:
    """Only after COMMIT. Who finds no outcome goes alone."""
    for turn, sheet in zip(turns, sheets, strict=True):
        if outcomes.get(sheet) is not None:
            turn.outcome = outcomes[sheet]
