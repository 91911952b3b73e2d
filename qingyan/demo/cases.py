"""Writes a handful of invented cases in different states, so that every page of the case work has something to show.

Each story is told by the actions of the domains (stage.py says who and when). What is graver is in crises.py, the ways
out of the school in ways.py, papers and the city's desks in desks.py. One school at a time, all or nothing, once.
"""

from datetime import datetime, timedelta

from qingyan.cases.actions import following, supporting
from qingyan.cases.actions.sealing import ask_seal
from qingyan.cases.models import Case
from qingyan.cases.queries import packs
from qingyan.demo import crises, desks, talks, ways
from qingyan.demo.cast import HOMEROOM_TEACHER, OTHER_SCHOOL, STORY_SCHOOL
from qingyan.demo.stage import MARK, Stage
from qingyan.demo.talks import SAFE, Said
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import School

HOMEROOM = HOMEROOM_TEACHER.posts[0].class_
TIRED = Said("yellow", "睡得不好、上课走神已有三周，愿意再谈。", "最近总觉得累，题看了几遍也进不去。", SAFE)
CALM = Said("blue", "压力主要来自考试，有能说话的人。", "考完那几天好多了，就是怕下一次。", SAFE)


def write(school: School, *, now: datetime) -> int:
    """The stories of one school; returns how many cases they made. The platform stands in the school's scope."""
    stage = Stage(school, now)
    for story in STORIES.get(school.slug, ()):
        story(stage)
    return Case.objects.count()


def in_care(stage: Stage) -> None:
    """A pupil of the story's class in care: plan, card for the teacher, two talks, a first follow-up."""
    case = talks.opened(stage, stage.pupil(HOMEROOM), stage.ago(22, 9, 30), "班主任说她近来常一个人待着。")
    talks.talked(stage, case, stage.ago(21, 12, 30), TIRED)
    talks.decided(stage, case, 19, "yellow")
    talks.told_home(stage, case, stage.ago(18, 17, 30))
    talks.planned(stage, case, stage.ago(17, 16))
    talks.counselled(
        stage,
        case,
        stage.ago(14, 12, 40),
        "谈了睡眠和作息，约定一周一次。",
        "她说到外婆时停了很久，下次慢慢听。",
    )
    talks.counselled(stage, case, stage.ago(7, 12, 40), "睡眠有好转，愿意参加周三的小组。")
    _card(stage, case)
    with entered(stage.counsellor):
        case.refresh_from_db()
        words = "比两周前放松，还是怕考试。继续每周一次。" + MARK
        following.follow_up(
            case=case,
            at=stage.ago(5, 16),
            proposed_level="yellow",
            words=words,
            by=stage.counsellor,
            now=stage.ago(5, 17),
        )


def waits_for_the_leader(stage: Stage) -> None:
    """The panel has met; the leader has not answered yet."""
    case = talks.from_alert(stage, stage.ago(6, 10))
    talks.talked(stage, case, stage.ago(4, 12, 30), TIRED)
    panel = talks.convened(stage, case, stage.ago(2, 9), stage.ago(1, 12, 20))
    talks.met(stage, panel, stage.ago(1, 13), "yellow")


def seal_is_asked(stage: Stage) -> None:
    """A false flag: the pupil had answered in jest, and a second person has to agree."""
    case = talks.from_alert(stage, stage.ago(7, 9))
    talks.talked(stage, case, stage.ago(5, 12, 30), CALM)
    with entered(stage.counsellor):
        case.refresh_from_db()
        reason = "本人说作答时在和同学开玩笑，当面又聊了一遍，近况都好。" + MARK
        ask_seal(case=case, reason=reason, by=stage.counsellor, now=stage.ago(2, 16))


def nobody_carries(stage: Stage) -> None:
    """An alert became a case a moment ago; somebody has to take it."""
    talks.from_alert(stage, stage.minutes_ago(95), taken=False)


def talk_is_due(stage: Stage) -> None:
    """Taken; the talk is due within the week."""
    talks.opened(stage, stage.pupil(), stage.ago(3, 15), "任课老师反映，最近两次作业没有交。")


def watched(stage: Stage) -> None:
    """The quiet watch, well under way."""
    case = talks.opened(stage, stage.pupil(), stage.ago(40, 10), "期中前情绪起伏。", "blue")
    talks.talked(stage, case, stage.ago(38, 12, 30), CALM)
    talks.decided(stage, case, 36, "watch", "blue")
    _looked(stage, case, (26, 14))


def closed(stage: Stage) -> None:
    """From the first word to the end: watched for four months, every criterion met."""
    case = talks.opened(stage, stage.pupil(), stage.ago(120, 10), "转学后不适应。", "blue")
    talks.talked(stage, case, stage.ago(118, 12, 30), CALM)
    talks.decided(stage, case, 116, "watch", "blue")
    _looked(stage, case, (106, 94, 52, 26, 13))
    with entered(stage.counsellor):
        case.refresh_from_db()
        summary = "适应得很好，有两个要好的同学，知道怎样求助。和本人一起商量后结案。" + MARK
        criteria = [one.code for one in packs.current().closing]
        following.close(case=case, summary=summary, criteria=criteria, by=stage.counsellor, now=stage.ago(12, 16))


def _card(stage: Stage, case: Case) -> None:
    who, teacher = stage.counsellor, stage.staff(Role.HOMEROOM_TEACHER)
    words = "课上少点名提问，多给一点准备时间；看到她一个人时，打个招呼就好。不用问原因。" + MARK
    with entered(who):
        case.refresh_from_db()
        soon = stage.day.date() + timedelta(days=4)
        card = supporting.release_card(case=case, words=words, next_on=soon, by=who, now=stage.ago(16, 11))
    for days, way, said in ((10, "talk", "课间聊了几句，说想参加运动会。"), (3, "observed", "午饭和同学一起吃的。")):
        with entered(teacher):
            at = stage.ago(days, 10, 20)
            supporting.log_contact(
                card=card, at=at, way=way, words=said + MARK, by=teacher, now=at + timedelta(minutes=40)
            )


def _looked(stage: Stage, case: Case, days: tuple[int, ...]) -> None:
    """Follow-ups on these days; each does those of the calendar before it."""
    for count in days:
        with entered(stage.counsellor):
            case.refresh_from_db()
            at = stage.ago(count, 16)
            words = "近况平稳，吃得下睡得着。" + MARK
            following.follow_up(
                case=case, at=at, proposed_level="blue", words=words, by=stage.counsellor, now=at + timedelta(hours=1)
            )


STORIES = {
    STORY_SCHOOL: (
        closed,
        watched,
        in_care,
        ways.referred,
        ways.on_leave,
        ways.leave_is_asked,
        crises.reported_harm,
        seal_is_asked,
        waits_for_the_leader,
        crises.told_upwards,
        crises.after_an_incident,
        talk_is_due,
        nobody_carries,
        desks.on_duty,
        desks.round_under_way,
        desks.papers,
    ),
    OTHER_SCHOOL: (waits_for_the_leader, talk_is_due, nobody_carries, desks.report_waits),
}
