"""The counsellor's morning: what waits for anybody, what this person has taken, and what of it comes first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from qingyan.alerts.models import Alert
from qingyan.alerts.queries.queue import URGENCY, QueueFilter, TimeLeft, alerts_for, queue, time_left
from qingyan.alerts.workflow import ACKNOWLEDGED
from qingyan.foundation.access.actor import Actor

SHOWN = 12
SOON = timedelta(days=1)
DOUBLE_SURNAMES = frozenset(
    (
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "夏侯",
        "司徒",
        "端木",
        "宇文",
        "长孙",
    )
)


@dataclass(frozen=True)
class Line:
    """One alert in a list, with the time left in words."""

    alert: Alert
    left: TimeLeft | None

    @property
    def first(self) -> bool:
        """Whether it is to be looked at before the others: red, or its time has run out."""
        return self.alert.level == "red" or (self.left is not None and self.left.over)


@dataclass(frozen=True)
class Morning:
    """What the page shows. `things` counts everything, shown or not."""

    waiting: tuple[Line, ...]
    waiting_total: int
    taken: tuple[Line, ...]

    @property
    def things(self) -> int:
        """How many things wait today."""
        return self.waiting_total + len(self.taken)

    @property
    def first(self) -> int:
        """How many of those shown come first."""
        return sum(line.first for line in (*self.waiting, *self.taken))


def morning(actor: Actor, now: datetime) -> Morning:
    """Waiting sheets by need, and what this person took whose first talk is due within a day."""
    waiting = queue(actor, QueueFilter())
    return Morning(
        waiting=lines(waiting[:SHOWN], now), waiting_total=waiting.count(), taken=lines(_taken(actor, now), now)
    )


def lines(alerts, now: datetime) -> tuple[Line, ...]:
    """Alerts with the time left."""
    return tuple(Line(alert, time_left(alert.due_at, now)) for alert in alerts)


def salutation(name: str) -> str:
    """How colleagues say it: the surname and “老师”."""
    return (name[:2] if name[:2] in DOUBLE_SURNAMES else name[:1]) + "老师" if name else ""


def _taken(actor: Actor, now: datetime):
    mine = alerts_for(actor).filter(acknowledged_by_id=actor.id, state=ACKNOWLEDGED, due_at__lte=now + SOON)
    return mine.annotate(urgency=URGENCY).select_related("student", "school_class").order_by("due_at", "id")[:SHOWN]
