"""The steps that every story of the demo takes, by the actions of cases: opened, talked about, decided, cared for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from qingyan.cases.actions import following, levelling, opening, panels, planning
from qingyan.cases.actions.interviewing import Talk, record_interview
from qingyan.cases.actions.noting import Held as HeldTalk
from qingyan.cases.actions.noting import note_counselling
from qingyan.cases.actions.panels import Held, Invitation
from qingyan.cases.actions.planning import Told
from qingyan.cases.contracts import CONTACT, NewSource
from qingyan.cases.models import Case, Panel, PanelMember, ToDo
from qingyan.cases.queries import packs
from qingyan.cases.rules.panel import Seat
from qingyan.demo.stage import MARK, Stage
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Student

WEEK = 5  # school days
SAFE = {"thoughts": "none", "plan": "none", "acts": "none", "others": "none"}
WORRYING = {"thoughts": "now", "plan": "vague", "acts": "none", "others": "none"}


@dataclass(frozen=True)
class Said:
    """What a talk found: the answers on safety, the level that is proposed, why, and in the pupil's own words."""

    level: str
    why: str
    own_words: str
    safety: dict
    situations: tuple[str, ...] = ()


def opened(
    stage: Stage, pupil: Student, at: datetime, note: str, urgency: str = "yellow", *, taken: bool = True
) -> Case:
    """The counsellor begins by hand, and carries it unless nobody is to have it yet."""
    who = stage.counsellor
    with entered(who):
        return opening.open_case(
            student_id=pupil.id,
            source=NewSource("hand", None, note + MARK),
            urgency=urgency,
            owner_id=who.id if taken else None,
            by=who,
            now=at,
        )


def from_alert(stage: Stage, at: datetime, *, taken: bool = True) -> Case:
    """An alert becomes a case; not `taken`: nobody carries it yet. By hand where no alert is fit for it."""
    who, alert = stage.counsellor, stage.alert()
    owner = who.id if taken else None
    if alert is None:
        return opened(stage, stage.pupil(), at, "任课老师反映，近来变化很大。", taken=taken)
    with entered(who):
        return opening.open_from_alert(alert_id=alert.id, owner_id=owner, by=who, now=at)


def talked(stage: Stage, case: Case, at: datetime, said: Said) -> Case:
    """A first or further talk with the pupil, written down half an hour later."""
    answers = {
        "setting": "静思园，四十分钟，只有学生和心理教师" + MARK,
        "told": ["purpose", "limits", "stop"],
        "own_words": said.own_words + MARK,
        "sleep": "入睡慢，早上起得来" + MARK,
        "protective": ["adult", "friend", "seeking"],
        **said.safety,
    }
    situations = {one.code: "suspected" if one.code in said.situations else "no" for one in packs.law().situations}
    talk = Talk(at, answers, situations, said.level, said.why + MARK, guardian_suspected=False)
    with entered(stage.counsellor):
        record_interview(case=_fresh(case), talk=talk, by=stage.counsellor, now=at + timedelta(minutes=30))
    return case


def convened(stage: Stage, case: Case, at: datetime, meets_at: datetime) -> Panel:
    """The panel is called: counsellor, leader, a homeroom teacher."""
    who = stage.counsellor
    seats = [(one.id, one.name, one is stage.leader) for one in (who, stage.leader, stage.staff(Role.HOMEROOM_TEACHER))]
    brief = "近两周的变化、访谈要点和班主任的观察。" + MARK
    with entered(who):
        invitation = Invitation(meets_at, seats, ["file", "interview", "observation"], brief)
        return panels.convene(case=_fresh(case), invitation=invitation, by=who, now=at)


def met(stage: Stage, panel: Panel, at: datetime, decision: str, level: str = "") -> Panel:
    """Everybody came, voted alike and signed; it waits for the leader."""
    who = stage.counsellor
    with entered(who):
        rows = PanelMember.objects.filter(panel=panel)
        seats = {one.id: Seat(attended=True, vote=decision, signed=True, leads=one.leads) for one in rows}
        criteria = [one.code for one in packs.current().closing] if decision == "watch" else []
        minutes = "大家意见一致：先保证陪伴，再安排固定的谈话时间，两周后再看。" + MARK
        panel.case.refresh_from_db()
        return panels.hold(panel=panel, held=Held(seats, decision, level, criteria, minutes), by=who, now=at)


def agreed(stage: Stage, panel: Panel, at: datetime) -> Case:
    """The leader agrees, and what the panel decided happens."""
    who = stage.leader
    with entered(who):
        panel.case.refresh_from_db()
        panels.approve(panel=panel, note="同意。请按时反馈。" + MARK, by=who, now=at)
    return panel.case


def decided(stage: Stage, case: Case, days: int, decision: str, level: str = "") -> Case:
    """Called, held and agreed to on one day, so many school days ago."""
    panel = convened(stage, case, stage.ago(days, 10), stage.ago(days, 12, 20))
    return agreed(stage, met(stage, panel, stage.ago(days, 13), decision, level), stage.ago(days, 15, 10))


def told_home(stage: Stage, case: Case, at: datetime, relation: str = "mother") -> None:
    """Two of the staff have talked with a guardian, who has signed for the paper."""
    words = "家长愿意配合，说这阵子家里也看出来了；约好每周通一次电话。" + MARK
    told = Told(at, stage.leader.id, relation, "received", "", words)  # type: ignore[arg-type]
    with entered(stage.counsellor):
        planning.talk_with_guardian(case=_fresh(case), told=told, by=stage.counsellor, now=at + timedelta(minutes=20))


def counselled(stage: Stage, case: Case, at: datetime, summary: str, process: str = "") -> None:
    """One counselling talk with its summary, and perhaps notes for the author alone."""
    held = HeldTalk(at, 40, "room", summary + MARK, process + MARK if process else "")
    with entered(stage.counsellor):
        note_counselling(case=_fresh(case), held=held, by=stage.counsellor, now=at + timedelta(minutes=50))


def planned(stage: Stage, case: Case, at: datetime) -> None:
    """The individual plan, with one task for a teacher."""
    parts = {
        "goals": "两周内每晚十一点前休息；每周和心理教师谈一次。",
        "who": "心理教师负责，班主任和家长一起做。",
        "school": "作业可以晚一天交；累了可以到静思园坐一会儿。",
        "environment": "座位换到靠窗，同桌是要好的同学。",
        "home": "晚上不谈成绩，周末一起走走。",
    }
    who, today, helper = stage.counsellor, stage.day.date(), stage.teacher(at)
    tasks = [(helper.id, "每周三看一眼近况，记在关心卡上。" + MARK, today + timedelta(days=3))]
    with entered(who):
        planning.write_plan(
            case=_fresh(case),
            kind="care",
            parts={name: words + MARK for name, words in parts.items()},
            review_on=today + timedelta(days=14),
            tasks=tasks,  # type: ignore[arg-type]
            by=who,
            now=at,
        )


def looked_after(stage: Stage, case: Case, days: int) -> None:
    """From so many school days ago on: the family told, a plan, a word each week, the follow-ups of the calendar."""
    who = stage.counsellor
    told_home(stage, case, stage.ago(days, 17, 30))
    planned(stage, case, stage.ago(days - 1, 16))
    for week, count in enumerate((*range(days - WEEK, 1, -WEEK), 1), start=1):
        at = stage.ago(count, 16)
        with entered(who):
            if week % 2 == 0:
                words = "比两周前安稳一些，照现在的安排继续。" + MARK
                following.follow_up(
                    case=_fresh(case), at=at, proposed_level="yellow", words=words, by=who, now=at + timedelta(hours=1)
                )
            for todo in ToDo.objects.filter(case=case, kind=CONTACT, done_at=None, dropped_at=None):
                levelling.tick_off(case=_fresh(case), todo_id=todo.id, by=who, now=at)


def _fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case
