"""Follow-ups of a case with the levels that held and were proposed, the newest first."""

from dataclasses import dataclass

from qingyan.cases.models import Case, FollowUp
from qingyan.cases.queries import packs
from qingyan.cases.rules.pack import Level


@dataclass(frozen=True)
class FollowUpLine:
    """One look in words."""

    row: FollowUp
    level: Level
    proposed: Level


def follow_ups_of(case: Case) -> list[FollowUpLine]:
    """Every look. A case has few: a dozen in a year."""
    pack = packs.pack(case.pack)
    rows = FollowUp.objects.filter(case_id=case.id).select_related("by").order_by("-at", "-id")
    return [FollowUpLine(row, pack.level(row.level), pack.level(row.proposed_level)) for row in rows]
