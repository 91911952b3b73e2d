"""Guardians' codes: who has one, what a code opens, what was said by it. Runs in the scope of whoever asks."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from qingyan.consent.contracts import Asked, Receipt, ReceiptLine, Way, Word
from qingyan.consent.models import ConsentEntry, GuardianLink, GuardianTry
from qingyan.consent.queries.purposes import purposes
from qingyan.consent.queries.texts import text_asked
from qingyan.people.api import WRONG_TRIES_MEMORY

LONGEST_CHAIN = 50  # far more often than anybody changes their mind within a code's life


def valid(now: datetime) -> Q:
    """Links that still open the page."""
    return Q(used_at__isnull=True, voided_at__isnull=True, expires_at__gt=now)


def with_valid_link(pupils: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Who of them has a code that still opens the page."""
    found = GuardianLink.objects.filter(valid(now), student_id__in=pupils)
    return set(found.values_list("student_id", flat=True))


def wrong_tries(school_id: int, device: str, *, now: datetime) -> list[datetime]:
    """When this device tried in vain lately."""
    tries = GuardianTry.objects.filter(school_id=school_id, device=device, at__gt=now - WRONG_TRIES_MEMORY)
    return list(tries.values_list("at", flat=True))


def asked_of(link: GuardianLink) -> list[Asked]:
    """Every purpose that this school has a text for, each with what was said by this very paper before.

    What another guardian said is never among it.
    """
    before = _said_before(link)
    found = ((one, text_asked(link.school_id, code)) for code, one in purposes().items())
    return [
        Asked(one.code, one.title, one.explains, one.withdrawal, text, before.get(one.code))
        for one, text in found
        if text is not None
    ]


def receipt_of(link: GuardianLink, *, masked_name: str) -> Receipt:
    """What was said when this code was spent; the new code is known to the caller only."""
    entries = list(_entries(link.student_id, [link.used_at]).select_related("text").order_by("text__published_at"))
    titles = purposes()
    lines = tuple(
        ReceiptLine(titles[entry.purpose].title, entry.text.title, entry.text.version, Word(entry.word))
        for entry in entries
    )
    relation = entries[0].get_relation_display() if entries else ""
    return Receipt(masked_name, relation, link.used_at, lines)


def _said_before(link: GuardianLink) -> dict[str, Word]:
    times: list[datetime] = []
    earlier = link.follows
    while earlier is not None and earlier.used_at is not None and len(times) < LONGEST_CHAIN:
        times.append(earlier.used_at)
        earlier = earlier.follows
    if not times:
        return {}
    rows = _entries(link.student_id, times).order_by("recorded_at")
    return {purpose: Word(word) for purpose, word in rows.values_list("purpose", "word")}


def _entries(student: UUID, times: Collection[datetime]):
    """A code is spent and its answers are recorded at the same instant: that is what ties them together."""
    return ConsentEntry.objects.filter(student_id=student, way=Way.ONLINE.value, recorded_at__in=times)
