"""The plan of the demo's two screening rounds: one closed with answers, one open and part-way. Pure.

Decides when which class sits, who is absent, who stopped; what they tick is latent.py; sittings.py joins both.
Depression items that ask about suicide are planned for senior grades only (grades 10 to 12).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

NOTICE = (
    "这次测评想了解大家最近的状态，好让学校更好地帮助同学们。\n"
    "· 题目没有对错，按自己的真实感受选就好。\n"
    "· 你的作答只有本校的心理老师能看到；班主任、同学和家长看不到答案和分数。\n"
    "· 如果你的回答让老师担心你的安全，心理老师会先来找你聊，并请能帮忙的大人一起想办法。\n"
    "· 你可以随时停下来，也可以不做，不会因此受到批评，也不影响成绩和评优。\n"
    "（这是演示数据，所有人名和作答都是虚构的。）"
)
ABSENT, STOPPED = 0.035, 0.025
OPEN_SHARES = (0.85, 0.0, 0.5, 0.25, 1.0, 0.0, 0.6)  # how much of a class has sat in the open round, class by class
STILL_ANSWERING = 0.06
FIRST_HOUR, LAST_HOUR = 8, 16
LESSON = timedelta(minutes=50)  # long enough for every instrument of a round
BETWEEN_CLASSES = 3  # in the open round the school's next class sat so many lessons earlier


class Progress(StrEnum):
    """How far a pupil came in a round."""

    NOT_STARTED = "not_started"
    PART_WAY = "part_way"
    FINISHED = "finished"


@dataclass(frozen=True)
class Asked:
    """An instrument of a round, for these grades."""

    instrument: str
    grade_from: int
    grade_to: int


@dataclass(frozen=True)
class RoundPlan:
    """A round of the city. Days count from the day of the load; `number` keeps random sources apart."""

    number: int
    title: str
    opens: int
    closes: int
    is_closed: bool
    instruments: tuple[Asked, ...]


CLOSED = RoundPlan(
    number=1,
    title="秋季学生心理健康测评（演示）",
    opens=-47,
    closes=-26,
    is_closed=True,
    instruments=(Asked("ces-dc", 7, 9), Asked("gad-7", 7, 9), Asked("scl-90", 10, 12), Asked("phq-a", 10, 12)),
)
OPEN = RoundPlan(
    number=2,
    title="期中学生心理健康测评（演示）",
    opens=-8,
    closes=45,
    is_closed=False,
    instruments=(Asked("ces-dc", 7, 9), Asked("scl-90", 10, 12)),
)
ROUNDS = (CLOSED, OPEN)


def of_last_year(year: int, day: date) -> tuple[RoundPlan, RoundPlan]:
    """Two closed rounds of the school year before the one that began in `year`: its spring, then its autumn."""
    spring, autumn = date(year, 4, 7), date(year - 1, 10, 13)
    asked = CLOSED.instruments
    return (
        RoundPlan(3, "春季学生心理健康测评（演示）", (spring - day).days, (spring - day).days + 24, True, asked),
        RoundPlan(4, "上学年秋季学生心理健康测评（演示）", (autumn - day).days, (autumn - day).days + 24, True, asked),
    )


def window(plan: RoundPlan, now: datetime) -> tuple[datetime, datetime]:
    """When the round opens and closes: 07:00 and 18:00 of its days, in the time zone of `now`."""
    opens = datetime.combine(now.date() + timedelta(days=plan.opens), time(7), now.tzinfo)
    closes = datetime.combine(now.date() + timedelta(days=plan.closes), time(18), now.tzinfo)
    return opens, closes


def lesson(plan: RoundPlan, order: int, now: datetime) -> datetime:
    """The lesson in which the school's class number `order` sits: on school days of the round, over before `now`.

    A round under way is counted back from the lesson that ended last, so that the newest alerts are of today.
    """
    opens, closes = window(plan, now)
    days = list(_school_days(opens.date(), min(closes.date(), now.date())))
    if plan.is_closed:
        hours = range(FIRST_HOUR, LAST_HOUR)
        return _at(days[order % len(days)], hours[(order // len(days) + order * 3) % len(hours)], now)
    lessons = [
        at for day in days for hour in range(FIRST_HOUR, LAST_HOUR) if (at := _at(day, hour, now)) + LESSON <= now
    ]
    return lessons[-1 - order * BETWEEN_CLASSES % len(lessons)]


def _at(day: date, hour: int, now: datetime) -> datetime:
    return datetime.combine(day, time(hour, 5), now.tzinfo)


def _school_days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            yield day


def progress(plan: RoundPlan, *, order: int, luck: float) -> Progress:
    """How far a pupil of class number `order` came; `luck` is uniform in 0 to 1."""
    if plan.is_closed:
        share, part_way = 1 - ABSENT, STOPPED
    else:
        share = OPEN_SHARES[order % len(OPEN_SHARES)]
        part_way = STILL_ANSWERING * share
    if luck >= share:
        return Progress.NOT_STARTED
    return Progress.PART_WAY if luck >= share - part_way else Progress.FINISHED
