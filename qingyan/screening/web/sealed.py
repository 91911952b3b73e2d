"""POST /a/sealed: answers that a page had sealed on the machine before it died (rules/envelopes).

Decides which envelopes are taken: the own sheet's, unchanged, not older than a day. Each answer is stored like any
other, so a newer one is never overwritten and sending twice changes nothing. The reply says what is stored now.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils import timezone

from qingyan.screening.actions.writing import INVALID, Refused
from qingyan.screening.contracts import Answer
from qingyan.screening.rules.envelopes import LENGTH, Unopenable, opened, public_key, submission_id
from qingyan.screening.web import lean_database
from qingyan.screening.web.lean_database import Pupil

MOST_ENVELOPES = 150  # of one request; the page sends the rest in another
KEPT = timedelta(hours=24)
AHEAD = timedelta(minutes=10)  # the page counts on from the server's clock, but clocks drift
Envelope = Annotated[str, msgspec.Meta(max_length=LENGTH)]


class SealedBody(msgspec.Struct, forbid_unknown_fields=True):
    """Envelopes of one sheet."""

    sheet: UUID
    sealed: Annotated[
        tuple[Annotated[str, msgspec.Meta(max_length=LENGTH)], ...], msgspec.Meta(max_length=MOST_ENVELOPES)
    ]


class SealedAnswer(msgspec.Struct, forbid_unknown_fields=True):
    """What an envelope holds. `at`: milliseconds since 1970 by the server's clock."""

    seq: int
    item: int
    value: int
    ms: int
    at: int


_body = msgspec.json.Decoder(SealedBody)
_answer = msgspec.json.Decoder(SealedAnswer)


def page_keys(sitting: UUID) -> dict[str, str]:
    """What the answering page gets: the key to seal to, and the number of its hand-in."""
    secret = _secret()
    return {"key": public_key(secret, sitting), "submission": str(submission_id(secret, sitting))}


def take_sealed(body: bytes, pupil: Pupil) -> dict[str, Any]:
    """Store what can be opened; the reply: how many were taken and refused, and the sheet as it is now."""
    try:
        said = _body.decode(body)
    except (msgspec.DecodeError, RecursionError):
        raise Refused("bad_request") from None
    now = timezone.now()
    found = sorted(filter(None, (_opened(one, said.sheet, now) for one in said.sealed)), key=lambda one: one.seq)
    taken = sum(_stored(one, said.sheet, pupil, now) for one in found)
    answers, highest = lean_database.standing(said.sheet, pupil, now=now)
    return {"taken": taken, "refused": len(said.sealed) - taken, "answers": answers, "seq": highest}


def _opened(envelope: str, sheet: UUID, now: datetime) -> SealedAnswer | None:
    try:
        one = _answer.decode(opened(envelope, _secret(), sheet))
        at = datetime.fromtimestamp(one.at / 1000, tz=UTC)
    except (Unopenable, msgspec.DecodeError, OverflowError, OSError, ValueError):
        return None
    return one if now - KEPT <= at <= now + AHEAD else None


def _stored(one: SealedAnswer, sheet: UUID, pupil: Pupil, now: datetime) -> bool:
    """False for an answer that the instrument does not have. Raises Refused for all other reasons."""
    answer = Answer(sheet=sheet, item=one.item, value=one.value, seq=one.seq, ms=one.ms)
    try:
        lean_database.store(answer, pupil, now=now)
    except Refused as refusal:
        if refusal.code != INVALID:
            raise
        return False
    return True


def _secret() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"qingyan.screening.sealed.1", hashlib.sha256).digest()
