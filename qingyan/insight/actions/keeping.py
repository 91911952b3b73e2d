"""Keeping a choice of the explorer under a name, and removing it."""

from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.insight.models import SavedView
from qingyan.insight.policy import READ_DISTRICT_BOARD
from qingyan.insight.queries.exploring import explore, own_place
from qingyan.insight.rules.exploring import Choice

MOST = 100  # of one person


class CannotKeep(ValueError):
    """The view has no name, asks for something that does not exist, or there are too many."""


def keep_view(*, name: str, choice: Choice, shared: bool, by: Actor, now: datetime) -> SavedView:
    """Keep it. Raises NotVisible, CannotKeep."""
    require(by, READ_DISTRICT_BOARD)
    place, title = own_place(by), " ".join(name.split())
    if not title or len(title) > SavedView._meta.get_field("name").max_length:
        raise CannotKeep("name")
    found = explore(by, choice)
    if found.wrong or not found.choice.address:
        raise CannotKeep("choice")
    if SavedView.objects.filter(owner_id=by.id).count() >= MOST:
        raise CannotKeep("many")
    kept = SavedView.objects.create(
        owner_id=by.id,
        level=place.level,
        place=place.id,
        name=title,
        choice=found.choice.address,
        shared=shared,
        saved_at=now,
    )
    record(by=by, action="view.kept", subject_kind="saved_view", subject_id=kept.id, now=now)
    return kept


def drop_view(*, view_id: UUID, by: Actor, now: datetime) -> None:
    """Remove the own view. Raises NotVisible."""
    require(by, READ_DISTRICT_BOARD)
    gone, _each = SavedView.objects.filter(id=view_id, owner_id=by.id).delete()
    if not gone:
        raise NotVisible(READ_DISTRICT_BOARD.code)
    record(by=by, action="view.dropped", subject_kind="saved_view", subject_id=view_id, now=now)
