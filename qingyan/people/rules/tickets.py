"""The pupil's ticket: what the signed cookie says, how it is sealed and read. Pure: no database, no clock, no key.

A ticket that reads well only proves that we wrote it; whether the session still lives is queries/door.py.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass, replace
from uuid import UUID

VERSION = 1
IDLE_SECONDS = 45 * 60
LONGEST_SECONDS = 4 * 3600
RENEW_BELOW_SECONDS = 30 * 60
_BODY = struct.Struct(">B16s16sqqqq")
_MAC_LENGTH = 32
_TEXT_LENGTH = 4 * -(-(_BODY.size + _MAC_LENGTH) // 3)


@dataclass(frozen=True)
class PupilTicket:
    """A pupil signed in on one machine. Times are whole seconds since 1970 (UTC)."""

    session: UUID
    student: UUID
    school: int
    school_class: int
    opened: int
    expires: int


def seal(ticket: PupilTicket, secret: bytes) -> str:
    """The ticket as a cookie value."""
    body = _BODY.pack(
        VERSION,
        ticket.session.bytes,
        ticket.student.bytes,
        ticket.school,
        ticket.school_class,
        ticket.opened,
        ticket.expires,
    )
    return base64.urlsafe_b64encode(body + _mac(body, secret)).decode().rstrip("=")


def unseal(text: str, secret: bytes, *, now: int) -> PupilTicket | None:
    """The ticket in a cookie value, or None when it was not written by us, was changed, or has run out."""
    if not 0 < len(text) <= _TEXT_LENGTH or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if len(body) != _BODY.size or not hmac.compare_digest(mac, _mac(body, secret)):
        return None
    version, session, student, school, school_class, opened, expires = _BODY.unpack(body)
    if version != VERSION or expires <= now:
        return None
    return PupilTicket(UUID(bytes=session), UUID(bytes=student), school, school_class, opened, expires)


def first_ticket(*, session: UUID, student: UUID, school: int, school_class: int, now: int) -> PupilTicket:
    """The ticket of a session that starts now."""
    return PupilTicket(session, student, school, school_class, opened=now, expires=now + IDLE_SECONDS)


def renewed(ticket: PupilTicket, *, now: int) -> PupilTicket | None:
    """The same session for longer, once less than half an hour is left; None when there is nothing to renew."""
    if ticket.expires - now > RENEW_BELOW_SECONDS:
        return None
    until = min(now + IDLE_SECONDS, ticket.opened + LONGEST_SECONDS)
    return replace(ticket, expires=until) if until > ticket.expires else None


def _mac(body: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, body, hashlib.sha256).digest()
