"""Reviewing a version: sign a sensitive item, decide. Each is a new row; what was decided before stays readable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.instruments.contracts import ReviewLack
from qingyan.instruments.models import ItemSignature, ReviewDecision
from qingyan.instruments.policy import DECIDE_REVIEW, SIGN_ITEMS
from qingyan.instruments.queries.reviews import ruled, standing_of
from qingyan.instruments.rules.hazards import hazardous_items
from qingyan.instruments.rules.review import Verdict, lacking


class NotReady(Exception):
    """The decision or signature may not be taken; `lacks` say why."""

    def __init__(self, lacks: list[ReviewLack]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = lacks


@dataclass(frozen=True)
class Subject:
    """Which version, in which city."""

    city_id: int
    code: str
    version: str


@dataclass(frozen=True)
class Ruling:
    """What is decided. Grades count for every verdict but a refusal."""

    verdict: Verdict
    grades: range
    looked_at: tuple[str, ...]
    note: str


def decide(*, subject: Subject, ruling: Ruling, by: Actor, now: datetime) -> ReviewDecision:
    """From now on rounds are planned and opened by this. Raises NotVisible, NotReady, InstrumentNotReleased."""
    standing = standing_of(subject.city_id, subject.code, subject.version)
    row = ReviewDecision(
        **_of(subject),
        digest=standing.plan.digest,
        verdict=ruling.verdict.value,
        grade_from=min(ruling.grades, default=1),
        grade_to=max(ruling.grades, default=12),
        looked_at=list(ruling.looked_at),
        note=ruling.note,
        decided_by_id=by.id,
        decided_at=now,
    )
    require(by, DECIDE_REVIEW, row)
    lacks = lacking(standing.plan.instrument, ruled(row), standing.signed, looks=ruling.looked_at, note=ruling.note)
    if lacks:
        raise NotReady(lacks)
    row.save(force_insert=True)
    grades = {"grade_from": row.grade_from, "grade_to": row.grade_to}
    _record("instruments.review_decided", "review_decision", row, grades | {"verdict": row.verdict}, by=by, now=now)
    return row


def sign_item(
    *, subject: Subject, item: str, lowest_grade: int | None, note: str, by: Actor, now: datetime
) -> ItemSignature:
    """Answer for a sensitive item: from this grade on, or never (None). It counts at once, also for what was approved.

    Whoever decided about the version may not sign its items as well. Raises NotVisible, NotReady, LookupError.
    """
    standing = standing_of(subject.city_id, subject.code, subject.version)
    row = ItemSignature(
        **_of(subject),
        digest=standing.plan.digest,
        item=item,
        lowest_grade=lowest_grade,
        note=note,
        signed_by_id=by.id,
        signed_at=now,
    )
    require(by, SIGN_ITEMS, row)
    if item not in {one.id for one in hazardous_items(standing.plan.instrument)}:
        raise LookupError(item)
    decision = standing.decision
    if decision and decision.verdict != Verdict.REFUSED and decision.decided_by_id == by.id:
        raise NotReady(["same_person"])
    row.save(force_insert=True)
    detail = {"item": item, "lowest_grade": lowest_grade}
    _record("instruments.item_signed", "item_signature", row, detail, by=by, now=now)
    return row


def _of(subject: Subject) -> dict[str, object]:
    return {"city_id": subject.city_id, "instrument": subject.code, "instrument_version": subject.version}


def _record(
    action: str, kind: str, row: ReviewDecision | ItemSignature, detail: Mapping[str, Any], *, by: Actor, now: datetime
) -> None:
    what = {"instrument": row.instrument, "version": row.instrument_version}
    record(by=by, action=action, subject_kind=kind, subject_id=row.id, detail=what | dict(detail), now=now)
