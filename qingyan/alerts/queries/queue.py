"""Reads of the queue: one line a sheet, its most urgent alert first, the others of the sheet counted beside it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingyan.alerts.models import Alert
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.rules.pack import MOST_URGENT_FIRST
from qingyan.alerts.workflow import ALERT, RAISED, SEALED
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, permitted_rows

WAITING = "waiting"
SHEET = Coalesce("sitting_id", "report")  # what a talk is about: a sheet, or a report through a door
MINE, NOBODY = "mine", "nobody"
COLUMNS = ("sitting_id", "report")  # SHEET, column by column, so that each can be asked by its own index
URGENCY = Case(
    *(When(level=level, then=Value(rank)) for rank, level in enumerate(MOST_URGENT_FIRST)),
    default=Value(len(MOST_URGENT_FIRST)),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class QueueFilter:
    """Which alerts to keep. `state`: one of the workflow, "waiting" (nobody has taken it), or "" for all."""

    state: str = WAITING
    level: str = ""
    class_id: int | None = None
    owner: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Pulse:
    """How many sheets wait, how many of them red, how many red ones are the actor's own, and when the newest came."""

    waiting: int
    red: int
    mine: int
    token: str
    newest_red: datetime | None


@dataclass(frozen=True)
class Counted:
    """A list whose length is known already, so that paging it asks for its lines only."""

    rows: "QuerySet[Alert]"
    how_many: int
    ordered: bool = True

    def count(self) -> int:
        """As a paginator asks."""
        return self.how_many

    def __getitem__(self, part: slice) -> "QuerySet[Alert]":
        return self.rows[part]


@dataclass(frozen=True)
class TimeLeft:
    """How long until the first talk is due, in words."""

    words: str
    over: bool


def waiting_states() -> list[str]:
    """The states in which an alert waits for somebody to take it, read from the workflow."""
    return [state for state in ALERT.states() if any(step.verb == "acknowledge" for step in ALERT.steps_from(state))]


def alerts_for(actor: Actor) -> "QuerySet[Alert]":
    """All alerts that this actor may read; those whose case was sealed as false have left."""
    return Alert.objects.filter(permitted_rows(actor, READ_ALERTS), sealed_with_case_at__isnull=True)


def queue(actor: Actor, wanted: QueueFilter) -> "QuerySet[Alert]":
    """One alert a sheet (`of_sheet` says how many it has), by need and waiting time: see rules/ordering.py."""
    rows = _kept(actor, wanted)
    shown = one_a_sheet(rows).select_related("student", "school_class", "acknowledged_by", "owner")
    if wanted.state in (WAITING, RAISED):
        return shown.order_by("place_at", "id")
    return shown.order_by("-raised_at", "id")


def one_a_sheet(rows: "QuerySet[Alert]") -> "QuerySet[Alert]":
    """Of these alerts the first of each sheet in the queue's order, with `of_sheet`, how many of them the sheet has.

    Asked as "no other one of this sheet goes before it", so that a page costs its own lines and not the whole queue.
    """
    before = Q(place_at__lt=OuterRef("place_at")) | Q(place_at=OuterRef("place_at"), id__lt=OuterRef("id"))
    same = [rows.order_by().filter(**{column: OuterRef(column)}) for column in COLUMNS]
    counts = [one.values(column).annotate(n=Count("id")).values("n") for one, column in zip(same, COLUMNS, strict=True)]
    first = rows.filter(*(~Exists(one.filter(before)) for one in same))
    return first.annotate(of_sheet=Coalesce(*(Subquery(one) for one in counts), Value(1)))


def same_sheet(alert: Alert) -> Q:
    """The alerts that one talk answers: those of the same sheet, or of the same report."""
    return Q(sitting_id=alert.sitting_id) if alert.sitting_id else Q(report=alert.report)


def _kept(actor: Actor, wanted: QueueFilter) -> "QuerySet[Alert]":
    rows = alerts_for(actor)
    if wanted.state == WAITING:
        rows = rows.filter(state__in=waiting_states())
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    else:
        rows = rows.exclude(state=SEALED)
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.class_id is not None:
        rows = rows.filter(school_class_id=wanted.class_id)
    if wanted.owner == MINE:
        rows = rows.filter(owner_id=actor.id)
    elif wanted.owner == NOBODY:
        rows = rows.filter(owner__isnull=True)
    if wanted.sign:
        rows = rows.filter(signs__contains=[{"code": wanted.sign}])
    return rows


def waiting_sheets(actor: Actor) -> int:
    """How many sheets have an alert that nobody has taken; 0 for those who may not read alerts. One cheap query."""
    if not allowed(actor, READ_ALERTS):
        return 0
    return alerts_for(actor).filter(state__in=waiting_states()).aggregate(n=Count(SHEET, distinct=True))["n"]


def pulse_of(actor: Actor) -> Pulse:
    """What waits now, in one statement. The token differs whenever an alert is raised, handed on or taken."""
    seen = alerts_for(actor).filter(state__in=waiting_states())
    red, mine = Q(level="red"), Q(level="red", owner_id=actor.id)
    found = seen.aggregate(
        waiting=Count(SHEET, distinct=True),
        red=Count(SHEET, filter=red, distinct=True),
        mine=Count(SHEET, filter=mine, distinct=True),
        newest=Max("raised_at"),
        newest_red=Max("raised_at", filter=red),
    )
    newest, newest_red = found.pop("newest"), found.pop("newest_red")
    token = f"{found['waiting']}-{found['mine']}-{newest.timestamp() if newest else 0}"
    return Pulse(**found, token=token, newest_red=newest_red)


def others_of_sheet(actor: Actor, alert: Alert) -> list[Alert]:
    """The other alerts of the same sheet, the most urgent first."""
    rows = alerts_for(actor).filter(same_sheet(alert)).exclude(Q(id=alert.id) | Q(state=SEALED))
    return list(rows.annotate(urgency=URGENCY).order_by("urgency", "raised_at"))


def earlier_of_pupil(actor: Actor, alert: Alert) -> list[Alert]:
    """Alerts of the same pupil from other sheets, the newest first, at most ten."""
    rows = alerts_for(actor).filter(student_id=alert.student_id).exclude(same_sheet(alert))
    rows = rows.exclude(state=SEALED)
    return list(rows.order_by("-raised_at")[:10])


def alerts_of_pupil(actor: Actor, student_id: UUID) -> list[Alert]:
    """All alerts of one pupil, the newest first."""
    return list(alerts_for(actor).filter(student_id=student_id).exclude(state=SEALED).order_by("-raised_at"))


def time_left(due: datetime | None, now: datetime) -> TimeLeft | None:
    """Words such as “还剩 1 小时 52 分”; None when nothing is due."""
    if due is None:
        return None
    span = _words(abs(due - now))
    over = due < now
    return TimeLeft((_("已超时 %(span)s") if over else _("还剩 %(span)s")) % {"span": span}, over)


def _words(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes >= 48 * 60:
        return ngettext("%(n)d 天", "%(n)d 天", minutes // 1440) % {"n": minutes // 1440}
    if minutes >= 60:
        return _("%(hours)d 小时 %(minutes)d 分") % {"hours": minutes // 60, "minutes": minutes % 60}
    return _("%(minutes)d 分钟") % {"minutes": minutes}
