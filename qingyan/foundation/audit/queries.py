"""Reads of the audit trail: who looked at this pupil, what happened to this thing. Newest first, in pages.

Row-level security shows entries only to actors with the sight "audit", of their own school; the filter here
says it again.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.models import PLATFORM_CHAIN, AuditEntry

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Entries newest first; `older` goes back in as `before` to get the next page, None at the end."""

    entries: tuple[AuditEntry, ...]
    older: int | None


def entries_about_student(actor: Actor, student_id: UUID, *, before: int | None = None, limit: int = PAGE) -> Page:
    """Everything recorded about one pupil at the actor's school: who looked at this file, and who changed what."""
    return _page(_visible(actor).filter(student_id=student_id), before, limit)


def entries_about_subject(
    actor: Actor, subject_kind: str, subject_id: object, *, before: int | None = None, limit: int = PAGE
) -> Page:
    """Everything recorded about one thing, such as ("alert", its id)."""
    return _page(_visible(actor).filter(subject_kind=subject_kind, subject_id=str(subject_id)), before, limit)


def entries_here(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> Page:
    """The whole trail of the actor's school."""
    return _page(_visible(actor), before, limit)


def _visible(actor: Actor) -> "QuerySet[AuditEntry]":
    return AuditEntry.objects.filter(chain=actor.school_id or PLATFORM_CHAIN)


def _page(entries: "QuerySet[AuditEntry]", before: int | None, limit: int) -> Page:
    if before is not None:
        entries = entries.filter(id__lt=before)
    found = tuple(entries.order_by("-id")[: limit + 1])
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)
