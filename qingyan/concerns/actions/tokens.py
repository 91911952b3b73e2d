"""Numbers and secrets of reports: made from what a page carried, compared by keyed hash, slowed by number alone."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from qingyan.concerns.models import Knock
from qingyan.concerns.rules.flood import WINDOW
from qingyan.concerns.rules.tokens import number_of, secret_of, token_from
from qingyan.foundation.crypto.blind import blind_index


def token_for(*, school_id: int, sending: str) -> str:
    """The token of the report that a page with this `sending` makes; a crooked one counts as a fresh one."""
    try:
        carried = UUID(sending)
    except ValueError:
        carried = uuid4()
    return token_from(_keyed("token", f"{school_id}/{carried.hex}"))


def secret_hash(*, school_id: int, token: str) -> str:
    """What is kept of the secret."""
    return _keyed("secret", f"{school_id}/{number_of(token)}/{secret_of(token)}").hex()


def opens(*, school_id: int, token: str, kept: str) -> bool:
    """Whether the token is the one whose hash was kept, in constant time."""
    return bool(kept) and hmac.compare_digest(secret_hash(school_id=school_id, token=token), kept)


def knocks(*, school_id: int, key: str, token: bool, now: datetime) -> list[datetime]:
    """When this sender wrote, or this number was tried in vain, lately."""
    rows = Knock.objects.filter(school_id=school_id, token=token, key=_hashed(key), at__gt=now - WINDOW)
    return list(rows.values_list("at", flat=True))


def knocks_of_school(*, school_id: int, now: datetime) -> int:
    """How many reports were sent at this school lately."""
    return Knock.objects.filter(school_id=school_id, token=False, at__gt=now - WINDOW).count()


def knock(*, school_id: int, key: str, token: bool, now: datetime) -> None:
    """Note it."""
    Knock.objects.create(school_id=school_id, token=token, key=_hashed(key), at=now)


def _keyed(column: str, value: str) -> bytes:
    return blind_index(settings.QINGYAN_INDEX_KEY, "concerns", column, value)


def _hashed(key: str) -> str:
    return hashlib.sha256(_keyed("knock", key)).hexdigest()
