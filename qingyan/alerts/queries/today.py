"""The counsellor's morning: what waits for anybody, what this person has taken, and what of it comes first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from qingyan.alerts.models import Alert
from qingyan.alerts.queries.queue import QueueFilter, TimeLeft, alerts_for, one_a_sheet, queue, time_left
from qingyan.alerts.workflow import ACKNOWLEDGED
from qingyan.foundation.access.actor import Actor

SHOWN = 12
AT_FIRST = 5  # more at once is no order any more
TAKEN_LATELY = timedelta(days=7)  # later follow-up belongs to the case, not to the morning
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
        """Whether it is to be looked at before the others: a red one that nobody has taken."""
        return self.alert.level == "red" and self.alert.acknowledged_at is None


@dataclass(frozen=True)
class Morning:
    """What the page shows. What was taken is there to find it again; it is not counted as something to do."""

    waiting: tuple[Line, ...]
    waiting_total: int
    taken: tuple[Line, ...]

    @property
    def things(self) -> int:
        """How many sheets wait, shown or not: the same figure as beside the queue in the navigation."""
        return self.waiting_total

    @property
    def first(self) -> int:
        """How many of those shown come first, at most AT_FIRST."""
        return min(AT_FIRST, sum(line.first for line in self.waiting))


def morning(actor: Actor, now: datetime) -> Morning:
    """Waiting sheets by need, and what this person took in the last days and has not closed."""
    waiting = queue(actor, QueueFilter())
    return Morning(
        waiting=lines(waiting[:SHOWN], now), waiting_total=waiting.count(), taken=lines(_taken(actor, now), now)
    )


def lines(alerts, now: datetime) -> tuple[Line, ...]:
    """Alerts with the time left; none runs for one that somebody has taken."""
    return tuple(Line(alert, None if alert.acknowledged_at else time_left(alert.due_at, now)) for alert in alerts)


def salutation(name: str) -> str:
    """How colleagues say it: the surname and “老师”."""
    return (name[:2] if name[:2] in DOUBLE_SURNAMES else name[:1]) + "老师" if name else ""


def _taken(actor: Actor, now: datetime):
    mine = alerts_for(actor).filter(
        acknowledged_by_id=actor.id, state=ACKNOWLEDGED, acknowledged_at__gte=now - TAKEN_LATELY
    )
    rows = one_a_sheet(mine).select_related("student", "school_class", "acknowledged_by")
    return rows.order_by("-acknowledged_at", "id")[:SHOWN]
