"""What led to a case, with the way back to each; and the way from a report to the case that it joined."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop

from qingyan.cases.models import Case, CaseSource
from qingyan.cases.models.case import Source
from qingyan.cases.policy import READ_CASES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.foundation.web.ways_on import WentOn

# Which page shows such a source, and the key in its address. Others have no page of their own.
PAGES = {Source.ALERT: ("alerts:alert", "alert_id"), Source.CONCERN: ("concerns:concern", "concern_id")}
SHOWN = 50


@dataclass(frozen=True)
class SourceLine:
    """One thing that led to the case. `url` is empty where it has no page."""

    words: str
    at: datetime
    by: str
    note: str
    url: str


def sources_of(case: Case, slug: str) -> list[SourceLine]:
    """What led to the case, the earliest first; for who may read its papers."""
    rows = CaseSource.objects.filter(case_id=case.id).select_related("by").order_by("at", "id")[:SHOWN]
    return [
        SourceLine(str(row.get_kind_display()), row.at, row.by.name if row.by else "", row.note or "", _url(row, slug))
        for row in rows
    ]


def case_of_concern(actor: Actor, report_id: UUID, slug: str) -> WentOn | None:
    """The case that this report joined, for somebody who may know of cases."""
    mine = Case.objects.filter(permitted_rows(actor, READ_CASES)).values("id")
    rows = CaseSource.objects.filter(kind=Source.CONCERN, source=report_id, case_id__in=mine)
    found = rows.values_list("case_id", flat=True).first()
    if found is None:
        return None
    return WentOn(gettext_noop("已转入个案"), reverse("cases:case", kwargs={"slug": slug, "case_id": found}))


def _url(row: CaseSource, slug: str) -> str:
    if row.source is None or Source(row.kind) not in PAGES:
        return ""
    view, key = PAGES[Source(row.kind)]
    return reverse(view, kwargs={"slug": slug, key: row.source})
