"""Since when the guardians of a pupil are told nothing: a case says that one of them may be the source of harm."""

from datetime import date
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from qingyan.cases.models import Case
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered

WHY = "whether guardians may be told of looks at the file"


def withheld_since(school_id: int, student_id: UUID) -> date | None:
    """The day on which the first such case began, ended ones too; None when there is none."""
    lent = system_actor(school_id=school_id, sight=frozenset({Sight.CASES}), purpose=WHY)
    with entered(lent):
        rows = Case.objects.filter(school_id=school_id, student_id=student_id, guardian_withheld=True)
        first = rows.aggregate(first=Min("opened_at"))["first"]
    return timezone.localdate(first) if first else None
