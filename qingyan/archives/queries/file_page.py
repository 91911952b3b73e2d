"""Everything that the page of one file shows; opening it has been recorded (actions.open_file)."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.archives.contracts import EntryFacts, Reading
from qingyan.archives.models import EntryKind
from qingyan.archives.queries.charts import ChartOfScales, charts_of
from qingyan.archives.queries.files import entries_of
from qingyan.archives.queries.readings import read
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.visibility import sees
from qingyan.foundation.audit.queries import entries_about_student
from qingyan.people import api as people
from qingyan.people.contracts import Identity

LOOKS_SHOWN = 30
WORDS = {
    "file.read": gettext_noop("打开档案"),
    "consent.ledger_read": gettext_noop("查看同意记录"),
    "alert.read": gettext_noop("打开预警"),
    "answers.read": gettext_noop("查看原始作答"),
}


@dataclass(frozen=True)
class Look:
    """One line of “who looked”: when, who, what, why."""

    at: object
    name: str
    what: str
    purpose: str


@dataclass(frozen=True)
class FilePage:
    """A pupil's file, ready to show."""

    identity: Identity
    results: list[tuple[EntryFacts, Reading]]
    alerts: list[tuple[EntryFacts, Reading]]
    moments: list[tuple[EntryFacts, Reading]]
    charts: list[ChartOfScales]
    looks: list[Look]


def file_page(actor: Actor, student_id: UUID, *, slug: str) -> FilePage:
    """The file of a pupil of the actor's school. Raises LookupError when there is none."""
    identity = people.identity(actor, student_id)
    if identity is None:
        raise LookupError(student_id)
    moments = read(entries_of(actor, student_id), slug) if sees(actor, "file.entries", {"school"}) else []
    results = [one for one in moments if one[0].kind == EntryKind.RESULT]
    return FilePage(
        identity=identity,
        results=results,
        alerts=[one for one in moments if one[0].kind == EntryKind.ALERT],
        moments=moments,
        charts=charts_of(results),
        looks=_looks(actor, student_id),
    )


def _looks(actor: Actor, student_id: UUID) -> list[Look]:
    found = [one for one in entries_about_student(actor, student_id, limit=200).entries if one.action in WORDS]
    shown = found[:LOOKS_SHOWN]
    names = people.staff_names({one.actor_id for one in shown if one.actor_id})
    return [Look(one.at, names.get(one.actor_id, "—"), _(WORDS[one.action]), one.purpose) for one in shown]
