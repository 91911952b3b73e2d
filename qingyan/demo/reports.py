"""Writes a few invented reports at the school of the story, so that both circles have something to look at.

None of them names a pupil, so none becomes an alert: the queue of alerts stays what the rounds made it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid5

from qingyan.concerns.actions.handling import answer, take
from qingyan.concerns.actions.raising import NewReport, raise_report
from qingyan.concerns.contracts import Circle, Kind, Seen, Source, Urgency
from qingyan.concerns.models import Concern, HelpNote
from qingyan.concerns.queries.boxes import BOXES
from qingyan.demo.cast import COUNSELLOR, NAMESPACE
from qingyan.foundation.access.actor import ANONYMOUS, Actor, Post
from qingyan.foundation.access.actor import Kind as ActorKind
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import School

MARK = "（演示）"


@dataclass(frozen=True)
class ReportPlan:
    """One report: when it came, and what it says."""

    hours_ago: int
    kind: Kind
    source: Source
    urgency: Urgency
    text: str
    about: str = ""
    seen: Seen = Seen.UNSAID


PLANS = (
    ReportPlan(70, Kind.LETTER, Source.SELF, Urgency.WEEK, "最近总是睡不好，上课走神，不知道该跟谁说。"),
    ReportPlan(
        20,
        Kind.CONCERN,
        Source.CLASSMATE,
        Urgency.TODAY,
        "她这几天不跟我们一起吃饭，说话声音很小。",
        about="高二的一位同学，坐在窗边",
        seen=Seen.WEEK,
    ),
    ReportPlan(
        5,
        Kind.BULLYING,
        Source.CLASSMATE,
        Urgency.WEEK,
        "放学以后，有人在小卖部后面推他，还拿走了他的本子。",
        about="高一的一位同学",
        seen=Seen.TODAY,
    ),
)


def write(school: School, *, now: datetime) -> int:
    """The reports, and an answer to the first; returns how many. The school's scope is entered."""
    HelpNote.objects.create(school=school, place=school.counselling_room, hours=f"上学日 12:00—18:00{MARK}")
    for number, plan in enumerate(PLANS):
        new = NewReport(
            kind=plan.kind,
            source=plan.source,
            urgency=plan.urgency,
            sender=f"demo/{number}",
            sending=str(uuid5(NAMESPACE, f"report:{school.slug}:{number}")),
            text=plan.text + MARK,
            about=plan.about,
            seen=plan.seen,
        )
        raise_report(new=new, by=ANONYMOUS.at_school(school.id), now=now - timedelta(hours=plan.hours_ago))
    _answer_first(school, now - timedelta(hours=PLANS[0].hours_ago - 3))
    return len(PLANS)


def _answer_first(school: School, at: datetime) -> None:
    post = Post(Role.COUNSELLOR, school_id=school.id)
    me = Actor(kind=ActorKind.STAFF, id=COUNSELLOR.id, name=COUNSELLOR.name, posts=(post,), school_id=school.id)
    box = BOXES[Circle.COUNSELLOR]
    with entered(me):
        letter = Concern.objects.get(kind=Kind.LETTER.value)
        take(box=box, report_id=letter.id, by=me, now=at)
        answer(
            box=box, report_id=letter.id, text=f"谢谢你写信来。周三中午我在辅导室，欢迎来坐坐。{MARK}", by=me, now=at
        )
