"""Who may carry a case: the counsellors of the school today, and how much each of them carries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from qingyan.cases.models import Case
from qingyan.cases.policy import READ_CASES
from qingyan.cases.rules.pack import CasePack
from qingyan.cases.workflow import OPEN_STATES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.foundation.access.roles import Role
from qingyan.people import api as people


@dataclass(frozen=True)
class Load:
    """What one counsellor carries: open cases, those of a crisis, those past a deadline, and by level."""

    owner: UUID | None
    name: str
    open: int
    crisis: int
    overdue: int
    levels: tuple[tuple[str, int], ...]


def counsellors(actor: Actor, now: datetime) -> dict[UUID, str]:
    """The counsellors of the actor's school today, by name."""
    return dict(people.colleagues(actor, timezone.localdate(now), Role.COUNSELLOR))


def invited(actor: Actor, now: datetime) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """Whom a panel can ask: everybody with a post at the school today, and among them who leads it."""
    today = timezone.localdate(now)
    return dict(people.colleagues(actor, today)), dict(people.colleagues(actor, today, Role.PRINCIPAL))


def caseload(actor: Actor, pack: CasePack, now: datetime) -> list[Load]:
    """One line a counsellor, who carries least first; who has left and still carries stands there, too. Two queries."""
    open_cases = Case.objects.filter(permitted_rows(actor, READ_CASES), state__in=OPEN_STATES)
    rows = open_cases.values("owner_id", "owner__name").annotate(
        open=Count("id"),
        crises=Count("id", filter=Q(crisis=True)),
        overdue=Count("id", filter=Q(next_due_at__lt=now)),
        **{f"level_{one.code}": Count("id", filter=Q(level=one.code)) for one in pack.levels},
    )
    found = {row["owner_id"]: _load(row, pack) for row in rows if row["owner_id"]}
    idle = {key: name for key, name in counsellors(actor, now).items() if key not in found}
    lines = [*found.values(), *(Load(key, name, 0, 0, 0, _levels({}, pack)) for key, name in idle.items())]
    return sorted(lines, key=lambda line: (line.open, line.name))


def _load(row: dict, pack: CasePack) -> Load:
    return Load(
        owner=row["owner_id"],
        name=row["owner__name"],
        open=row["open"],
        crisis=row["crises"],
        overdue=row["overdue"],
        levels=_levels(row, pack),
    )


def _levels(row: dict, pack: CasePack) -> tuple[tuple[str, int], ...]:
    return tuple((one.colour, row.get(f"level_{one.code}", 0)) for one in pack.levels)
