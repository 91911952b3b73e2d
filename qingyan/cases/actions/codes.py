"""Printed codes of a referral: made, hashed, spent by one opening, slowed for whoever guesses. Nothing else is kept.

Every hash is keyed and bound to the school, so that a code opens no other school's page.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from qingyan.cases.models import Referral, ReferralCode, ReferralTry
from qingyan.foundation.crypto.blind import blind_index
from qingyan.foundation.pure.printed_codes import new_code, read_code
from qingyan.people.api import WRONG_TRIES_MEMORY, remaining_wait

SECRET_LENGTH = 16  # 80 bits: it opens the summary without a second question
NAME_LENGTH = 6  # 30 bits behind an open session, which waits longer and longer


@dataclass(frozen=True)
class PrintedCodes:
    """Both codes at the only moment when they are known."""

    secret: str = field(repr=False)
    name_code: str = field(repr=False)
    expires_at: datetime


def hashed(school_id: int, use: str, code: str) -> str:
    """What is stored of a code for this use: 64 hex signs."""
    return blind_index(settings.QINGYAN_INDEX_KEY, "cases_referralcode", use, f"{school_id}/{code}").hex()


def secret_hash(school_id: int, typed: str) -> str:
    """The hash of a typed secret; of nothing that could be one when it cannot be."""
    return hashed(school_id, "secret", read_code(typed, length=SECRET_LENGTH) or "")


def name_hash(school_id: int, typed: str) -> str:
    """The hash of a typed code of the name."""
    return hashed(school_id, "name", read_code(typed, length=NAME_LENGTH) or "")


def fresh_codes(*, referral: Referral, validity: timedelta, now: datetime) -> PrintedCodes:
    """A new pair for the letter and the guardian's sheet; whatever was printed or given before opens nothing more."""
    ReferralCode.objects.filter(referral_id=referral.id, voided_at__isnull=True).update(voided_at=now)
    secret, name_code = new_code(secrets.choice, length=SECRET_LENGTH), new_code(secrets.choice, length=NAME_LENGTH)
    keep(
        referral=referral,
        secret=secret,
        name=hashed(referral.school_id, "name", name_code),
        until=now + validity,
        now=now,
    )
    return PrintedCodes(secret, name_code, now + validity)


def follow_on(*, code: ReferralCode, validity: timedelta, now: datetime) -> str:
    """The secret by which the receiver comes back after this session; the name keeps its own code."""
    secret = new_code(secrets.choice, length=SECRET_LENGTH)
    keep(referral=code.referral, secret=secret, name=code.name_hash, until=now + validity, now=now)
    return secret


def keep(*, referral: Referral, secret: str, name: str, until: datetime, now: datetime) -> None:
    """Store the hashes."""
    ReferralCode.objects.create(
        referral=referral,
        school_id=referral.school_id,
        secret_hash=hashed(referral.school_id, "secret", secret),
        name_hash=name,
        issued_at=now,
        expires_at=until,
    )


def void_codes(referral: Referral, now: datetime) -> None:
    """Nothing opens the page any more, open sessions included."""
    ReferralCode.objects.filter(referral_id=referral.id, voided_at__isnull=True).update(voided_at=now)


def wait_of(school_id: int, key: str, *, now: datetime) -> int:
    """Seconds that this device or session still waits; others never do."""
    tries = ReferralTry.objects.filter(school_id=school_id, key=_key(key), at__gt=now - WRONG_TRIES_MEMORY)
    return remaining_wait(list(tries.values_list("at", flat=True)), now=now)


def wrong_try(school_id: int, key: str, *, now: datetime) -> int:
    """Note a wrong one, and how long it waits from now."""
    ReferralTry.objects.create(school_id=school_id, key=_key(key), at=now)
    return wait_of(school_id, key, now=now)


def _key(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
