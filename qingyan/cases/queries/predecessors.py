"""Who looked after a pupil before and is here no more: whose sealed papers a successor may have to open."""

from collections.abc import Collection
from uuid import UUID

from qingyan.cases.models import Case, CaseStep, Counselling


def gone_from(case: Case, here: Collection[UUID]) -> list[UUID]:
    """Who carried the case or held its talks, and holds no post at its present school."""
    carried = CaseStep.objects.filter(case_id=case.id).values_list("owner_id", flat=True)
    held = Counselling.objects.filter(case_id=case.id).values_list("by_id", flat=True)
    return sorted({one for one in (*carried, *held) if one is not None and one not in here}, key=str)
