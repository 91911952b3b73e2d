"""Bringing words: a complete wording enters as the next version at its place. What was brought never changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.instruments.contracts import Concern, Instrument, Wording
from qingyan.instruments.models import BroughtWording, MarkCheck
from qingyan.instruments.policy import BRING_CITY_WORDING, BRING_WORDING, CHECK_MARKS
from qingyan.instruments.rules.hazards import unmarked_hazards


class Unmarked(Exception):
    """Items whose words speak of suicide or self-harm are not marked; `items` are their ids."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(", ".join(items))
        self.items = items


class NotASecondPerson(Exception):
    """Whoever brought the words cannot be the one who checks their marks."""


@dataclass(frozen=True)
class NewWording:
    """What is brought and by which right. Exactly one of city and school is set. `concerns`: item id -> concern."""

    instrument: Instrument
    words: Wording
    licence: str
    permission_ref: str
    concerns: Mapping[str, Concern] = field(default_factory=dict)
    city_id: int | None = None
    school_id: int | None = None


def bring(*, new: NewWording, by: Actor, now: datetime) -> BroughtWording:
    """Keep it as the next version. Raises NotVisible, Unmarked, ValueError where the file ships its own words."""
    row = BroughtWording(
        city_id=new.city_id,
        school_id=new.school_id,
        instrument=new.instrument.code,
        instrument_version=new.instrument.version,
        words=new.words.as_json(),
        marks=[item.id for item in new.instrument.items if item.id in new.concerns],
        concerns={item: str(concern) for item, concern in sorted(new.concerns.items())},
        digest=new.words.digest,
        licence=new.licence,
        permission_ref=new.permission_ref,
        imported_by_id=by.id,
        imported_at=now,
    )
    require(by, BRING_CITY_WORDING if new.school_id is None else BRING_WORDING, row)
    _check(new)
    row.number = _last(row) + 1
    row.save(force_insert=True)
    detail = {"instrument": row.instrument, "version": row.instrument_version, "number": row.number}
    record(
        by=by,
        action="instruments.wording_brought",
        subject_kind="brought_wording",
        subject_id=row.id,
        detail=detail | {"digest": row.digest, "marks": len(row.marks)},
        now=now,
    )
    return row


def confirm_marks(*, wording: BroughtWording, by: Actor, now: datetime) -> MarkCheck:
    """A second person has read every item and agrees with the marks. Again: what was confirmed first.

    Raises NotVisible, NotASecondPerson.
    """
    require(by, CHECK_MARKS, wording)
    if by.id == wording.imported_by_id:
        raise NotASecondPerson
    done: MarkCheck | None = MarkCheck.objects.filter(wording=wording).first()
    if done is not None:
        return done
    check: MarkCheck = MarkCheck.objects.create(
        wording=wording, concerns=wording.concerns, checked_by_id=by.id, checked_at=now
    )
    record(
        by=by,
        action="instruments.marks_confirmed",
        subject_kind="brought_wording",
        subject_id=wording.id,
        detail={"instrument": wording.instrument, "number": wording.number, "marks": len(wording.concerns)},
        now=now,
    )
    return check


def _check(new: NewWording) -> None:
    if not new.instrument.needs_wording:
        raise ValueError("this file ships its own words")
    if not new.licence.strip() or not new.permission_ref.strip():
        raise ValueError("a wording names its licence and its permission")
    unmarked = [item for item in unmarked_hazards(new.instrument, new.words) if item not in new.concerns]
    strange = set(new.concerns) - {item.id for item in new.instrument.items}
    if strange:
        raise ValueError("a mark names an item that the instrument has not")
    if unmarked:
        raise Unmarked(unmarked)


def _last(row: BroughtWording) -> int:
    here = BroughtWording.objects.filter(
        city_id=row.city_id,
        school_id=row.school_id,
        instrument=row.instrument,
        instrument_version=row.instrument_version,
    )
    return here.aggregate(last=Max("number"))["last"] or 0
