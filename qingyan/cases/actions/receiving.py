"""The receiver's way: the printed code opens once, a short session follows, the name waits for a code of its own.

Nobody signs in here. The scope sees the referral's own tables, and what the page needs besides; each look and each word
is recorded. A code that is wrong, spent, void, out of date or of another school gets one and the same answer.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from qingyan.cases.actions.codes import follow_on, hashed, name_hash, secret_hash, wait_of, wrong_try
from qingyan.cases.actions.referral_steps import trace
from qingyan.cases.models import Referral, ReferralCode
from qingyan.cases.queries import packs
from qingyan.cases.queries.consenting import pupil_for, still_stands
from qingyan.cases.workflow import CONSENTED, DECLINED, PREPARED
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered

PURPOSE = "the receiver of a referral"
LOOKS = frozenset({Sight.REFERRAL})
WRITES = frozenset({Sight.REFERRAL, Sight.CASES})
SHUT_STATES = (PREPARED, CONSENTED, DECLINED)


@dataclass(frozen=True)
class Shut:
    """The page stays shut; `wait` is in seconds."""

    wait: int


@dataclass(frozen=True)
class Opened:
    """The session that begins, and the secret by which the receiver comes back after it."""

    session: str = field(repr=False)
    next_secret: str = field(repr=False)
    next_until: datetime


@contextmanager
def receiving(school_id: int, *, writes: bool = False) -> Iterator[Actor]:
    """The scope of the receiver's page; with `writes` also that of the to-dos which an answer ends."""
    reader = system_actor(school_id=school_id, sight=WRITES if writes else LOOKS, purpose=PURPOSE)
    with entered(reader):
        yield reader


def open_page(*, school_id: int, secret: str, device: str, now: datetime) -> Opened | Shut:
    """Spend a code and begin a session. A wrong one slows this device only."""
    with receiving(school_id) as reader:
        if wait := wait_of(school_id, device, now=now):
            return Shut(wait)
        code = _code(school_id, now).filter(secret_hash=secret_hash(school_id, secret), opened_at__isnull=True).first()
        if code is None or not _may_be_shown(code, now):
            return Shut(wrong_try(school_id, device, now=now))
        return _begin(code, by=reader, now=now)


def session_code(*, school_id: int, session: str, now: datetime) -> ReferralCode | None:
    """The code whose session this is, while it lasts and may be shown; held until the transaction ends."""
    with receiving(school_id):
        rows = _code(school_id, now).filter(session_hash=hashed(school_id, "session", session), session_until__gt=now)
        code = rows.first() if session else None
        return code if code is not None and _may_be_shown(code, now) else None


def name_asked(*, code: ReferralCode, typed: str, now: datetime) -> int | None:
    """The second code: None when it is right and the name is shown from now on, else the seconds to wait.

    Wrong ones slow this session only.
    """
    key = f"name:{code.id}"
    with receiving(code.school_id) as reader:
        if wait := wait_of(code.school_id, key, now=now):
            return wait
        if not secrets.compare_digest(name_hash(code.school_id, typed), code.name_hash):
            trace(code.referral, "referral.name_refused", None, by=reader, now=now)
            return wrong_try(code.school_id, key, now=now)
        code.named_at = now
        code.save(update_fields=["named_at"])
        trace(code.referral, "referral.name_shown", None, by=reader, now=now)
    return None


def looked(*, code: ReferralCode, now: datetime) -> None:
    """That the receiver's page was shown, with or without the name; recorded before it is."""
    with receiving(code.school_id) as reader:
        trace(code.referral, "referral.received_read", {"named": code.named_at is not None}, by=reader, now=now)


def end_session(*, code: ReferralCode, now: datetime) -> None:
    """The receiver closes the page."""
    with receiving(code.school_id) as reader:
        code.session_until = now
        code.save(update_fields=["session_until"])
        trace(code.referral, "referral.session_ended", None, by=reader, now=now)


def _begin(code: ReferralCode, *, by: Actor, now: datetime) -> Opened:
    guide, session = packs.referral(), secrets.token_hex(16)
    code.opened_at = now
    code.session_hash = hashed(code.school_id, "session", session)
    code.session_until = now + timedelta(minutes=guide.session_minutes)
    code.save(update_fields=["opened_at", "session_hash", "session_until"])
    validity = timedelta(days=guide.follow_days)
    next_secret = follow_on(code=code, validity=validity, now=now)
    trace(code.referral, "referral.opened", None, by=by, now=now)
    return Opened(session, next_secret, now + validity)


def _code(school_id: int, now: datetime):
    rows = ReferralCode.objects.select_for_update(of=("self",)).select_related("referral")
    return rows.filter(school_id=school_id, voided_at__isnull=True, expires_at__gt=now)


def _may_be_shown(code: ReferralCode, now: datetime) -> bool:
    """What was given up is shut; so is what the guardian has taken the consent back for."""
    referral = code.referral
    if referral.state in SHUT_STATES:
        return False
    pupil = pupil_for(code.school_id, referral)
    return pupil is not None and still_stands(referral, pupil, now)


@contextmanager
def answering(code: ReferralCode) -> Iterator[tuple[Referral, Actor]]:
    """The referral with its case, held, in the scope in which the receiver's word is written down."""
    with receiving(code.school_id, writes=True) as by:
        rows = Referral.objects.select_for_update(of=("self",)).select_related("case")
        yield rows.get(id=code.referral_id), by
