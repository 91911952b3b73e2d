"""A file with names: asked for with a purpose, approved by another person, taken within a day, each time recorded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from qingyan.cases import api as cases
from qingyan.cases.contracts import CaseFacts
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.papers.models import Export, ExportDownload
from qingyan.papers.models.export import ExportKind
from qingyan.papers.policy import ANSWER_EXPORT, ASK_EXPORT, TAKE_EXPORT, may_print
from qingyan.papers.queries.heading import heading, mark_of
from qingyan.papers.rules import dictionaries
from qingyan.papers.rules.data import Printed
from qingyan.papers.rules.exports import fingerprint, holds
from qingyan.papers.rules.forms import REGISTER, form
from qingyan.papers.workflow import APPROVED, EXPORT
from qingyan.people import api as people

LIVES = timedelta(hours=24)
FORMATS = ("pdf", "docx", "xlsx")


class NotNow(NotAllowed):
    """The approval does not hold: not given, run out, or the list has changed since. `why` is a code for words."""

    def __init__(self, why: str) -> None:
        super().__init__(f"export: {why}")
        self.why = why


def ask(*, kind: str, purpose: str, by: Actor, now: datetime) -> Export:
    """Ask for a file with names. Raises NotVisible, NotAllowed (no such kind, no purpose)."""
    require(by, ASK_EXPORT)
    if kind not in ExportKind.values or not purpose.strip() or by.id is None or by.school_id is None:
        raise NotAllowed("export: a kind and a purpose are needed")
    found = _cases(kind, by, now)
    export = Export(
        school_id=by.school_id,
        kind=kind,
        purpose=purpose.strip(),
        fingerprint=_fingerprint(kind, found),
        rows=len(found),
        asked_at=now,
        asked_by_id=by.id,
    )
    export.save(force_insert=True)
    leaders = people.holders(Role.PRINCIPAL, school_id=by.school_id, today=timezone.localdate(now))
    _tell([one for one in leaders if one != by.id], "decision_wanted", export, by, now)
    _record("export.asked", export, by=by, now=now)
    return export


def answer(*, export: Export, agrees: bool, by: Actor, now: datetime) -> Export:
    """Another person's word; an approval lives for 24 hours. Raises NotVisible, NotAllowed."""
    require(by, ANSWER_EXPORT, export)
    export.state = EXPORT.target(verb="approve" if agrees else "refuse", origin=export.state)
    export.answered_at, export.answered_by_id = now, by.id
    export.expires_at = now + LIVES if agrees else None
    export.save(update_fields=["state", "answered_at", "answered_by", "expires_at"])
    _tell([export.asked_by_id], "reply", export, by, now)
    _record(f"export.{export.state}", export, by=by, now=now)
    return export


def take(*, export: Export, kind: str, by: Actor, now: datetime) -> Printed:
    """The file's data, for who asked, while the approval holds; recorded each time. Raises NotVisible, NotNow."""
    require(by, TAKE_EXPORT, export)
    if kind not in FORMATS or not may_print(by, form(REGISTER), kind):
        raise NotNow("format")
    if export.state != APPROVED or export.expires_at is None:
        raise NotNow("unanswered")
    if now >= export.expires_at:
        raise NotNow("expired")
    found = _cases(export.kind, by, now)
    if not holds(export.fingerprint, _fingerprint(export.kind, found)):
        raise NotNow("changed")
    ExportDownload(export=export, school_id=export.school_id, at=now, by_id=by.id, format=kind).save(force_insert=True)
    _record("export.taken", export, by=by, now=now, taken_as=kind)
    data = dictionaries.register(found, scope=str(ExportKind(export.kind).label), **heading(by, now))
    return Printed(REGISTER, data, mark_of(by, now, export.purpose or ""))


def _cases(kind: str, by: Actor, now: datetime) -> list[CaseFacts]:
    return cases.case_list(ended=kind == ExportKind.ENDED, by=by, now=now)


def _fingerprint(kind: str, found: list[CaseFacts]) -> str:
    return fingerprint(kind, form(REGISTER).lists()["cases"], (one.id for one in found))


def _tell(to: Sequence[UUID], kind: str, export: Export, by: Actor, now: datetime) -> None:
    slug = organisations.schools_by_id([export.school_id])[0].slug
    path = reverse("papers:export", kwargs={"slug": slug, "export_id": export.id})
    notifications.notify(to=to, kind=kind, path=path, by=by, now=now, key=f"export/{export.id}/{export.state}")


def _record(action: str, export: Export, *, by: Actor, now: datetime, taken_as: str = "") -> None:
    record(
        by=by,
        action=action,
        subject_kind="export",
        subject_id=export.id,
        now=now,
        detail={"kind": export.kind, "rows": export.rows, "format": taken_as},
    )
