"""The graver stories of the demo: a crisis told to the district, harm that was reported, care after an accident."""

from datetime import datetime, timedelta
from uuid import UUID

from qingyan.cases.actions import breaking_glass, mandating, overseeing, planning, postvening, reporting
from qingyan.cases.models import Case, CrisisThread
from qingyan.cases.queries.postventions import class_ids
from qingyan.demo import talks
from qingyan.demo.cast import CITY_LEAD, DISTRICT_LEAD, HOMEROOM_TEACHER
from qingyan.demo.stage import MARK, Stage, actor_of
from qingyan.demo.talks import SAFE, WORRYING, Said
from qingyan.foundation.access.scope import entered

HARMED = Said(
    "yellow",
    "手臂有几处旧伤，说是放学路上被人推的；已请学校和公安了解。",
    "不想让他们知道是我说的。",
    SAFE,
    situations=("many_injuries",),
)
IN_DANGER = Said("red", "说到不想再撑下去，想过但没有具体办法；已有人陪伴。", "我只是太累了，想歇一歇。", WORRYING)
# What of the list was done after how many minutes; the rest is still to do, or late.
DONE = (("safe", 40), ("told", 70), ("family", 130), ("staff", 200), ("close", 1380), ("rumour", 300))
MEASURES = {
    "facts": "上午课间，一名学生对老师说出不想再撑下去的话。",
    "measures": "心理教师和年级老师轮流陪伴，已和监护人见面，物品已收好。",
    "next": "下午再谈一次，放学由监护人接回，明早到校第一时间见面。",
    "needs": "想请区里帮助联系医院的门诊。",
}


def told_upwards(stage: Stage) -> None:
    """Red since yesterday: talked with, decided, told to the district, read and answered there."""
    case = talks.opened(
        stage, stage.pupil(HOMEROOM_TEACHER.posts[0].class_), stage.ago(1, 9, 20), "课间对老师说不想再撑下去。", "red"
    )
    talks.talked(stage, case, stage.ago(1, 9, 35), IN_DANGER)
    _told(stage, case)
    talks.told_home(stage, case, stage.ago(1, 11, 30), "father")
    panel = talks.convened(stage, case, stage.ago(1, 12), stage.ago(1, 13))
    talks.agreed(stage, talks.met(stage, panel, stage.ago(1, 13, 40), "red"), stage.ago(1, 14))
    _safety_plan(stage, case)
    _report(stage, case, "first", stage.ago(1, 15, 10))
    _answered_above(stage, case)
    _report(stage, case, "continued", stage.minutes_ago(25))


def reported_harm(stage: Stage) -> None:
    """Harm from outside the family: reported to the police the same hour; only the leader is in the circle."""
    case = talks.opened(stage, stage.pupil(), stage.ago(9, 10), "校医看到几处旧伤。")
    talks.talked(stage, case, stage.ago(9, 10, 20), HARMED)
    who, at = stage.counsellor, stage.ago(9, 11)
    report = mandating.Report(
        situations=["many_injuries"],
        facts="左臂三处旧伤，本人说是放学路上被校外的人推搡。" + MARK,
        authority="海岸区公安分局灯塔派出所" + MARK,
        at=at,
        receipt="已登记，编号未给" + MARK,
        guardian_suspected=False,
        readers=[_id(stage.leader.id)],
    )
    with entered(who):
        case.refresh_from_db()
        row = mandating.record_mandatory(case=case, report=report, by=who, now=at + timedelta(minutes=20))
    with entered(stage.leader):
        mandating.add_result(
            record_id=row.id,
            text="派出所已找到当事人，放学时段加派了巡逻。" + MARK,
            by=stage.leader,
            now=stage.ago(6, 16),
        )
    talks.decided(stage, case, 7, "yellow")
    talks.looked_after(stage, case, 7)


def after_an_incident(stage: Stage) -> None:
    """A traffic accident before the school gate, seen by many: rings, talks with classes, duty, part of the list."""
    who, at = stage.counsellor, stage.ago(2, 7, 50)
    with entered(who):
        care = postvening.begin(
            kind="accident", happened_at=at, media_owner=_id(stage.leader.id), by=who, now=stage.ago(2, 8, 20)
        )
        teacher = _id(stage.teacher(at).id)
        for ring, people, words, carer in (
            ("close", 4, "当时站在路口的同学", _id(who.id)),
            ("class", 38, "同班同学，由班主任说明", teacher),
        ):
            group = postvening.Group(ring, people, words + MARK, carer)
            postvening.add_ring(care=care, group=group, by=who, now=stage.ago(2, 9))
        first, second = sorted(class_ids(who, stage.day))[:2]
        for school_class, planned_at in ((first, stage.ago(1, 14)), (second, stage.day + timedelta(days=1))):
            talk = postvening.plan_talk(
                care=care, school_class=school_class, planned_at=planned_at, leader=teacher, by=who, now=stage.day
            )
            if school_class == first:
                postvening.hold_talk(care=care, talk_id=talk.id, by=who, now=stage.day)
        hours = (stage.ago(1, 11, 30), stage.ago(1, 13, 30))
        postvening.set_duty(
            care=care,
            account=_id(who.id),
            hours=hours,
            place=stage.school.counselling_room,
            by=who,
            now=stage.ago(1, 9),
        )
        for item, minutes in DONE:
            postvening.tick(care=care, item=item, by=who, now=at + timedelta(minutes=minutes))


def _told(stage: Stage, case: Case) -> None:
    words = "一名学生有危险，已有两名老师陪伴，监护人在路上。" + MARK
    oral = reporting.Oral(stage.ago(1, 10, 20), "区心理中心值班室" + MARK, words)
    with entered(stage.counsellor):
        case.refresh_from_db()
        reporting.report_orally(case=case, oral=oral, by=stage.counsellor, now=stage.ago(1, 10, 25))


def _report(stage: Stage, case: Case, kind: str, at: datetime) -> None:
    written = reporting.Written("accompanied", {name: words + MARK for name, words in MEASURES.items()})
    with entered(stage.counsellor):
        case.refresh_from_db()
        reporting.write_report(case=case, kind=kind, written=written, by=stage.counsellor, now=at)


def _safety_plan(stage: Stage, case: Case) -> None:
    parts = {
        "signs": "一个人关在房间里，不回消息。",
        "own_help": "听那张旧唱片，去操场走两圈。",
        "company": "同桌，表姐。",
        "adults": "父亲、班主任、心理教师。",
        "lines": "12356；静思园的电话。",
        "keep_safe": "药和刀具由父亲收着。",
    }
    with entered(stage.counsellor):
        case.refresh_from_db()
        planning.write_plan(
            case=case,
            kind="safety",
            parts={name: words + MARK for name, words in parts.items()},
            review_on=stage.day.date() + timedelta(days=7),
            by=stage.counsellor,
            now=stage.ago(1, 14, 40),
        )


def _answered_above(stage: Stage, case: Case) -> None:
    """The district has seen it, answered, and opened who it is for an hour; another officer has to review that."""
    district, city = (actor_of(one.id, stage.day) for one in (DISTRICT_LEAD, CITY_LEAD))
    with entered(stage.counsellor):
        thread = CrisisThread.objects.get(case=case)
    with entered(district):
        overseeing.mark_seen(thread_id=thread.id, by=district, now=stage.ago(1, 15, 30))
        text = "已收到。区里请第三人民医院留了明天上午的号，请家长带身份证。" + MARK
        overseeing.answer(thread_id=thread.id, text=text, by=district, now=stage.ago(1, 15, 50))
        at = stage.ago(1, 16)
        terms = breaking_glass.Terms("hospital", "医院需要核对身份才能留号，只看姓名和出生日期。" + MARK)
        breaking_glass.break_glass(thread_id=thread.id, terms=terms, proved_at=at, by=district, now=at)
    with entered(city):
        text = "请每天上午十点前续报。需要陪同就医的人手，市里可以安排。" + MARK
        overseeing.answer(thread_id=thread.id, text=text, by=city, now=stage.ago(1, 17))


def _id(found: UUID | None) -> UUID:
    assert found is not None
    return found
