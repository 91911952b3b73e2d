"""The guardians' own way: a code opens the page, an answer spends it, the receipt carries a new code.

Runs in a scope of its own: nobody signs in here. A code that is wrong, spent, void, out of date or of another school
gets one and the same answer. How long a guesser waits is the pace of the pupils' door.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from qingyan.consent.actions.links import CODE_LENGTH, link_hash
from qingyan.consent.contracts import Asked, Receipt, Way, Word
from qingyan.consent.models import ConsentEntry, GuardianLink, GuardianTry
from qingyan.consent.queries.links import asked_of, receipt_of, valid, wrong_tries
from qingyan.consent.queries.standing import reading_the_ledger
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.printed_codes import read_code
from qingyan.people.api import pupil, remaining_wait

RECEIPT_VALIDITY = timedelta(days=366)  # as long as a yes can hold, so that it can be taken back as long
SHOWN_AGAIN = timedelta(minutes=10)  # a double tap or a reload gets the same receipt


@dataclass(frozen=True)
class Shut:
    """The page stays shut; `wait` is in seconds."""

    wait: int


@dataclass(frozen=True)
class Opened:
    """The code is right. `again`: it came from a receipt."""

    link: UUID
    masked_name: str
    asked: tuple[Asked, ...]
    again: bool


@dataclass(frozen=True)
class Answer:
    """What a guardian sends: the word on each purpose with the text that was shown, and the code of the receipt."""

    link: UUID
    words: Mapping[str, Word]
    texts: Mapping[str, UUID]
    relation: str
    next_code: str


def try_code(*, school_id: int, code: str, device: str, now: datetime) -> Opened | Shut:
    """Look at a code. A wrong one slows this device only."""
    device_key = hashlib.sha256(device.encode()).hexdigest()
    with reading_the_ledger(school_id, Sight.IDENTITY) as keeper:
        wait = remaining_wait(wrong_tries(school_id, device_key, now=now), now=now)
        if wait:
            return Shut(wait)
        hashed = link_hash(school_id=school_id, code=read_code(code, length=CODE_LENGTH) or "")
        link = GuardianLink.objects.filter(valid(now), school_id=school_id, code_hash=hashed).first()
        opened = _opened(link, keeper) if link else None
        if opened is None:
            GuardianTry.objects.create(school_id=school_id, device=device_key, at=now)
            return Shut(remaining_wait(wrong_tries(school_id, device_key, now=now), now=now))
        return opened


def pupil_of_code(*, school_id: int, code: str, device: str, now: datetime) -> UUID | None:
    """Whose guardian holds this code; it is not spent. None for a wrong one, which slows this device only."""
    device_key = hashlib.sha256(device.encode()).hexdigest()
    with reading_the_ledger(school_id):
        if remaining_wait(wrong_tries(school_id, device_key, now=now), now=now):
            return None
        hashed = link_hash(school_id=school_id, code=read_code(code, length=CODE_LENGTH) or "")
        link = GuardianLink.objects.filter(valid(now), school_id=school_id, code_hash=hashed).first()
        if link is None:
            GuardianTry.objects.create(school_id=school_id, device=device_key, at=now)
        return link.student_id if link else None


def open_again(*, school_id: int, link_id: UUID, now: datetime) -> Opened | None:
    """The same page once more, when the answer was not complete; None when the code is no longer valid."""
    with reading_the_ledger(school_id, Sight.IDENTITY) as keeper:
        link = GuardianLink.objects.filter(valid(now), school_id=school_id, id=link_id).first()
        return _opened(link, keeper) if link else None


def answer(*, school_id: int, given: Answer, now: datetime) -> Receipt | None:
    """Append the words and spend the code. None when it is no longer valid.

    The same answer sent twice within ten minutes gets the same receipt and is kept once.
    """
    with reading_the_ledger(school_id, Sight.IDENTITY) as keeper:
        link = GuardianLink.objects.select_for_update().filter(school_id=school_id, id=given.link).first()
        asked_about = pupil(keeper, link.student_id) if link else None
        if link is None or asked_about is None:
            return None
        next_hash = link_hash(school_id=school_id, code=given.next_code)
        if link.used_at is not None:
            same = GuardianLink.objects.filter(follows=link, code_hash=next_hash).exists()
            return receipt_of(link, masked_name=asked_about.masked_name) if _fresh(link, now) and same else None
        if link.voided_at is not None or link.expires_at <= now or not given.words:
            return None
        _keep(link, given, by=keeper, now=now)
        _spend(link, next_hash, now=now)
        return receipt_of(link, masked_name=asked_about.masked_name)


def _opened(link: GuardianLink, keeper: Actor) -> Opened | None:
    asked_about, asked = pupil(keeper, link.student_id), asked_of(link)
    if asked_about is None or asked_about.state != "enrolled" or not asked:
        return None
    return Opened(link.id, asked_about.masked_name, tuple(asked), link.follows_id is not None)


def _fresh(link: GuardianLink, now: datetime) -> bool:
    return link.used_at is not None and now - link.used_at < SHOWN_AGAIN


def _keep(link: GuardianLink, given: Answer, *, by: Actor, now: datetime) -> None:
    before = {one.purpose: one.before for one in asked_of(link)}
    for purpose, word in given.words.items():
        taken_back = word is Word.REFUSED and before.get(purpose) is Word.AGREED
        entry = ConsentEntry.objects.create(
            student_id=link.student_id,
            school_id=link.school_id,
            purpose=purpose,
            text_id=given.texts[purpose],
            word=(Word.WITHDRAWN if taken_back else word).value,
            way=Way.ONLINE.value,
            relation=given.relation,
            said_on=timezone.localdate(now),
            recorded_at=now,
        )
        record(
            by=by,
            action="consent.recorded",
            subject_kind="consent_entry",
            subject_id=entry.id,
            student_id=link.student_id,
            detail={"purpose": purpose, "way": entry.way, "text": entry.text_id},
            now=now,
        )


def _spend(link: GuardianLink, next_hash: str, *, now: datetime) -> None:
    link.used_at = now
    link.save(update_fields=["used_at"])
    GuardianLink.objects.create(
        student_id=link.student_id,
        school_id=link.school_id,
        code_hash=next_hash,
        issued_at=now,
        expires_at=now + RECEIPT_VALIDITY,
        follows=link,
    )
