"""Files with names that were asked for, and each time one was taken."""

from uuid import UUID

from django.db.models import QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows
from qingyan.papers.models import Export, ExportDownload
from qingyan.papers.policy import READ_EXPORTS


def exports_of(actor: Actor) -> "QuerySet[Export]":
    """The school's for its leader, the own ones for a counsellor; the newest first."""
    rows = Export.objects.filter(permitted_rows(actor, READ_EXPORTS))
    return rows.select_related("asked_by", "answered_by").order_by("-asked_at")


def export_of(actor: Actor, export_id: UUID) -> Export:
    """One of them, held until the transaction ends. Raises NotVisible."""
    found = exports_of(actor).select_for_update(of=("self",)).filter(id=export_id).first()
    if found is None:
        raise NotVisible(READ_EXPORTS.code)
    return found


def downloads_of(export: Export) -> "QuerySet[ExportDownload]":
    """Each time it was taken, the newest first."""
    return ExportDownload.objects.filter(export_id=export.id).select_related("by").order_by("-at")
