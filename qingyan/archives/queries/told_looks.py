"""Who looked at a pupil's file, as the pupil and the guardians are told: days and roles. Read in a scope of its own."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db.models.functions import TruncDate
from django.utils import timezone

from qingyan.archives.contracts import ToldLook
from qingyan.archives.rules.looks import SHOWN_BACK, TOLD, guardians_end, told
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry

WHY = "tell a pupil or a guardian who looked at the file"
Withholder = Callable[[int, UUID], date | None]
_withholders: list[Withholder] = []


def withhold_from_guardians_with(withholder: Withholder) -> None:
    """Let a higher domain say since when nothing may be told to the guardians of a pupil; None for nothing withheld."""
    if withholder not in _withholders:
        _withholders.append(withholder)


def looks_for_pupil(school_id: int, student_id: UUID, *, now: datetime) -> list[ToldLook]:
    """Of the last year, the newest day first; at most one line a day. The caller has asked who is asking."""
    return _between(school_id, student_id, timezone.localdate(now) - SHOWN_BACK, timezone.localdate(now))


def looks_for_guardians(school_id: int, student_id: UUID, *, now: datetime) -> list[ToldLook]:
    """The same without the last thirty days, and without anything since somebody feared harm by a guardian."""
    today = timezone.localdate(now)
    since = [day for ask in _withholders if (day := ask(school_id, student_id)) is not None]
    return _between(school_id, student_id, today - SHOWN_BACK, guardians_end(today, min(since, default=None)))


def _between(school_id: int, student_id: UUID, first: date, last: date) -> list[ToldLook]:
    reader = system_actor(school_id=school_id, sight=frozenset({Sight.AUDIT}), purpose=WHY)
    with entered(reader):
        rows = AuditEntry.objects.filter(chain=school_id, student_id=student_id, action__in=TOLD, actor_kind="staff")
        days = rows.annotate(day=TruncDate("at")).filter(day__gte=first, day__lte=last)
        found = list(days.order_by().values_list("roles", "day").distinct())
    return [ToldLook(day, roles) for day, roles in told(found)]
