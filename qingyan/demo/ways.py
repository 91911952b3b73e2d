"""The ways out of the school and back in the demo: a referral on its way to a hospital, a leave, a leave asked for."""

from datetime import datetime, timedelta

from qingyan.cases.actions import answering, codes, leaving, levelling, referring
from qingyan.cases.actions.leaving import Word
from qingyan.cases.actions.receiving import receiving
from qingyan.cases.contracts import REFERRAL_CHASE
from qingyan.cases.models import Case, Leave, Referral, ToDo
from qingyan.consent.actions.publishing import publish_text
from qingyan.consent.actions.recording import Answered, key_in
from qingyan.consent.contracts import NewText
from qingyan.consent.contracts import Word as Answer
from qingyan.consent.queries.texts import text_asked
from qingyan.demo import talks
from qingyan.demo.cast import CITY_LEAD, DOCTOR
from qingyan.demo.stage import MARK, Stage, actor_of
from qingyan.demo.talks import SAFE, Said
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.people.actions.schooling import take_step
from qingyan.people.models import Enrolment, Student

LOW = Said("yellow", "情绪低落两个多月，睡眠和饮食都变了，家长也着急。", "早上起来就没力气，什么都不想做。", SAFE)
WORN_OUT = Said("yellow", "身体和情绪都撑得很紧，医生建议先休息。", "我想歇一阵，又怕跟不上。", SAFE)
LETTER = """各位家长：

学校建议带孩子到医院的心理科看一看。去不去由您决定。
学校只告诉医院：年龄、性别、为什么建议来、有没有危险。名字由您自己在医院说。
您可以随时收回同意。（演示数据）"""
LETTER_HOLDS = timedelta(days=30)


def referred(stage: Stage) -> None:
    """On the way to a hospital with an appointment in two days; the doctor's code of the cast opens the page."""
    pupil = stage.pupil()
    case = talks.opened(stage, pupil, stage.ago(16, 10), "母亲来校，说孩子早上起不来。")
    talks.talked(stage, case, stage.ago(15, 12, 30), LOW)
    talks.decided(stage, case, 13, "yellow")
    talks.looked_after(stage, case, 12)
    _guardian_agrees(stage, pupil)
    referral = _sent(stage, case)
    with entered(stage.counsellor):
        for todo in ToDo.objects.filter(case=case, kind=REFERRAL_CHASE, done_at=None, due_at__lt=stage.day):
            case.refresh_from_db()
            levelling.tick_off(case=case, todo_id=todo.id, by=stage.counsellor, now=stage.ago(1, 16))
    with receiving(stage.school.id, writes=True) as doctor:
        referral.case.refresh_from_db()
        answering.appoint(referral=referral, at=stage.day + timedelta(days=2), by=doctor, now=stage.ago(2, 15, 30))


def on_leave(stage: Stage) -> None:
    """At home since a while; the office has done its part, and the first monthly contact has been made."""
    pupil = stage.pupil()
    case = talks.opened(stage, pupil, stage.ago(30, 10), "连续两周只来半天。")
    talks.talked(stage, case, stage.ago(29, 12, 30), WORN_OUT)
    talks.decided(stage, case, 27, "yellow")
    talks.looked_after(stage, case, 27)
    leave = _asked(stage, case, 26)
    with entered(stage.leader):
        agreed = Word("同意休学一学期，保留班级座位。" + MARK)
        leaving.take_step(leave=_fresh(leave), verb="grant", word=agreed, by=stage.leader, now=stage.ago(20, 15))
    at = max(stage.ago(19, 10), _since(stage, pupil))
    office = stage.staff(Role.SCHOOL_ADMIN)
    with entered(office):
        take_step(student=pupil, verb="take_leave", on=at.date(), note="休学" + MARK, by=office, now=at)
    with entered(stage.counsellor):
        for verb, note, days in (("begin", "", 19), ("contact", "在家休息，早上能起来了。", 4)):
            leaving.take_step(
                leave=_fresh(leave),
                verb=verb,
                word=Word(note + MARK if note else ""),
                by=stage.counsellor,
                now=max(stage.ago(days, 11), at),
            )


def leave_is_asked(stage: Stage) -> None:
    """The application lies before the leader."""
    case = talks.opened(stage, stage.pupil(), stage.ago(14, 10), "反复头疼，校医没有找到原因。")
    talks.talked(stage, case, stage.ago(13, 12, 30), WORN_OUT)
    talks.decided(stage, case, 11, "yellow")
    talks.looked_after(stage, case, 10)
    _asked(stage, case, 8)


def _asked(stage: Stage, case: Case, days: int) -> Leave:
    """The first four steps, a day or two apart; it waits for the leader."""
    who = stage.counsellor
    with entered(who):
        case.refresh_from_db()
        leave = leaving.find(case=case, note="上学对他来说暂时太累了。" + MARK, by=who, now=stage.ago(days, 10))
        for verb, note, earlier in (
            ("assess", "医院建议休息，证明由家长保管。", 2),
            ("talk", "家长和本人都愿意，想保留学籍。", 3),
            ("apply", "家长交了申请和医院证明的复印件。", 5),
        ):
            word, at = Word(note + MARK), stage.ago(days - earlier, 16)
            leaving.take_step(leave=_fresh(leave), verb=verb, word=word, by=who, now=at)
    return leave


def _guardian_agrees(stage: Stage, pupil: Student) -> None:
    """The city's text, once; the guardian's paper, keyed in by the office."""
    office, city = stage.staff(Role.SCHOOL_ADMIN), actor_of(CITY_LEAD.id, stage.day)
    if text_asked(stage.school.id, "hospital") is None:
        new = NewText("hospital", "转介就诊告家长书", LETTER, city_id=city.posts[0].city_id)
        publish_text(new=new, by=city, now=stage.day - timedelta(days=80))
    said_on = stage.ago(11, 8).date()
    assert pupil.school_class is not None
    with entered(office):
        papers = [Answered(pupil.id, Answer.AGREED, said_on, "mother")]
        key_in(school_class=pupil.school_class, purpose="hospital", papers=papers, by=office, now=stage.ago(11, 9))


def _sent(stage: Stage, case: Case) -> Referral:
    who = stage.counsellor
    draft = referring.Draft("hospital", DOCTOR.place, ["mood", "sleep"], ["none"])
    with entered(who):
        case.refresh_from_db()
        referral = referring.prepare(case=case, draft=draft, by=who, now=stage.ago(11, 10))
        referring.agree(
            referral=referral, agreed=referring.Agreed("consent", contact=True), by=who, now=stage.ago(10, 10)
        )
        sent_at = stage.ago(10, 10, 30)
        referring.send(referral=referral, by=who, now=sent_at)
        _known_code(referral, stage.day)
    return referral


def _known_code(referral: Referral, now: datetime) -> None:
    """Beside the printed one a code that the demo tells; like the others it opens once."""
    name = codes.name_hash(referral.school_id, DOCTOR.name_code)
    codes.keep(referral=referral, secret=DOCTOR.code, name=name, until=now + LETTER_HOLDS, now=now)


def _since(stage: Stage, pupil: Student) -> datetime:
    """Not before the pupil came into the class."""
    first = Enrolment.objects.filter(student=pupil).latest("starts_on").starts_on
    return datetime.combine(first, datetime.min.time().replace(hour=9), stage.day.tzinfo)


def _fresh(leave: Leave) -> Leave:
    leave.refresh_from_db()
    leave.case.refresh_from_db()
    return leave
