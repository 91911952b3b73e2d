"""Openings of an identity as pages show them: to officers who review, and to the school whose pupil it was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from qingyan.cases.models import CrisisThread, Glass
from qingyan.cases.policy import OVERSEE, REVIEW_GLASS
from qingyan.cases.queries.crisis_packs import crisis
from qingyan.cases.queries.words import Due, due_words
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, allowed, permitted_rows, require

SHOWN = 50


@dataclass(frozen=True)
class GlassLine:
    """One opening. `own`: this officer's, still open; `may_review`: another's that waits for a word."""

    glass: Glass
    reason: str
    due: Due | None
    own: bool
    may_review: bool


def glasses_for(actor: Actor) -> "QuerySet[Glass]":
    """Openings in the actor's schools: those that wait for a review first, by their deadline."""
    require(actor, OVERSEE)
    rows = Glass.objects.filter(permitted_rows(actor, OVERSEE))
    rows = rows.select_related("thread", "school", "opened_by", "reviewed_by")
    return rows.order_by(F("reviewed_at").desc(nulls_first=True), "review_due_at", "id")


def glass_lines(actor: Actor, glasses: list[Glass], now: datetime) -> list[GlassLine]:
    """With the purpose in words and the time left for the review."""
    return [_line(actor, one, now) for one in glasses]


def glasses_of(thread: CrisisThread | None) -> list[GlassLine]:
    """Who opened the identity behind this thread, for its school; the newest first."""
    if thread is None:
        return []
    rows = Glass.objects.filter(thread_id=thread.id).select_related("opened_by", "reviewed_by")
    reasons = _reasons()
    return [GlassLine(one, reasons[one.reason], None, False, False) for one in rows.order_by("-opened_at")[:SHOWN]]


def unreviewed_count(actor: Actor) -> int:
    """How many openings wait for this officer's review; 0 for those who review none."""
    if not allowed(actor, REVIEW_GLASS):
        return 0
    return Glass.objects.filter(permitted_rows(actor, REVIEW_GLASS), reviewed_at__isnull=True).count()


def _line(actor: Actor, glass: Glass, now: datetime) -> GlassLine:
    waits = glass.reviewed_at is None
    return GlassLine(
        glass=glass,
        reason=_reasons()[glass.reason],
        due=due_words(glass.review_due_at, now) if waits else None,
        own=glass.opened_by_id == actor.id and now < glass.expires_at,
        may_review=waits and allowed(actor, REVIEW_GLASS, glass),
    )


def _reasons() -> dict[str, str]:
    return {one.code: _(one.text) for one in crisis().glass.reasons}


def reviewed_line(actor: Actor, glass_id: UUID, now: datetime) -> GlassLine:
    """The opening that this officer is about to review. Raises NotVisible."""
    rows = Glass.objects.filter(permitted_rows(actor, REVIEW_GLASS), id=glass_id, reviewed_at__isnull=True)
    glass = rows.select_related("thread", "school", "opened_by").first()
    if glass is None:
        raise NotVisible(REVIEW_GLASS.code)
    return _line(actor, glass, now)
