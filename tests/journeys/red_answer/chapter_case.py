"""An alert becomes a case: a talk, a panel with votes, a leader's word, plans, a card, the guardian. Not a test."""

from datetime import timedelta

from django.db import transaction

from qingyan.consent.actions.links import LONGEST_VALIDITY, reissue
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Student
from tests.journeys.red_answer.people import People
from tests.journeys.red_answer.stage import Person

SCHOOL = "/s/qingshi"
OWN_WORDS = "我撑不下去了，谁都不想见"
LEVELS = ("红 · 极高", "橙 · 高", "黄 · 中", "蓝 · 关注")
SUPPORT = "请在课上多给她一次发言的机会，课间陪她走一走。"
CRITERIA = ["stable", "functioning", "support", "follow_ups", "own_voice"]
LATER = {"own_help": "听歌", "company": "图书馆", "keep_safe": "请妈妈收好家里的药"}


def the_alert_becomes_a_case(people: People, carries: Person, alert: str) -> str:
    """From the page of the alert to the page of the case; gives its address."""
    carries.at(alert).follow("转为个案").press("转为个案").reads("预警已转入个案", "待访谈")
    return carries.path


def they_talk(carries: Person, case: str, level: str, **answers: str) -> None:
    """The guide's form, an hour's talk that ended a quarter of an hour ago."""
    carries.at(case).follow("记录访谈")
    situations = carries.main.locator("[name^=situation-][value=no]")
    for number in range(situations.count()):
        situations.nth(number).check()
    said = {"thoughts": "none", "plan": "none", "acts": "none", "others": "none"} | answers
    carries.fill(**{f"answer__{name}": value for name, value in said.items()})
    carries.fill(at=carries.stage.clock() - timedelta(minutes=15), answer__own_words=OWN_WORDS, proposed_level=level)
    carries.fill(why="和本人谈过，见上").press("记下访谈").reads("已访谈")


def the_panel_meets(people: People, case: str, decision: str, **more: str | list[str]) -> None:
    """Called together, held, and answered by the leader, who reads the summary and the votes and no paper."""
    counsellor, leader = people.counsellor.at(case), people.leader
    counsellor._click(counsellor.main.get_by_role("link", name="召集"))
    members = [str(one.id) for one in people.at_the_desk]
    counsellor.fill(meets_at=people.stage.clock(), members=members, brief="两周来一个人待着，需要一起想办法。")
    counsellor.press("召集研判会").follow("记录会议")
    for box in counsellor.main.locator("[name^=attended-], [name^=signed-]").all():
        box.check()
    for vote in counsellor.main.locator("[name^=vote-]").all():
        vote.select_option(decision)
    counsellor.fill(decision=decision, minutes="到会的人意见一致。", **more).press("保存纪要，提请审批").reads(
        "由别人来做"
    )
    people.teacher.turned_away(case, f"{case}panel/answer/", f"{case}panels/")
    leader.at(f"{SCHOOL}/cases/waiting/").follow(people.stage.cast.home.pupil.name)
    leader.misses(OWN_WORDS).follow("审批").reads("到会的人意见一致").misses(OWN_WORDS)
    leader.fill(agrees="yes").press("提交意见")


def nobody_else_reads_the_papers(people: People, case: str) -> None:
    """A leader sees that a crisis is there; a colleague how it stands; nobody else that it exists."""
    papers = [f"{case}{one}/" for one in ("interviews", "plans", "followups", "referrals", "interview", "close")]
    student = people.stage.cast.home.pupil.id
    for one in (*people.strangers, people.pupil):
        one.turned_away(case, *papers, f"{case}thread/", f"{SCHOOL}/files/{student}/")
    people.leader.turned_away(*papers, f"{SCHOOL}/files/{student}/")
    people.deputy.turned_away(*papers)
    people.deputy.at(case).misses(OWN_WORDS)


def the_guardian_is_told_and_agrees(people: People, case: str) -> None:
    """Two of the staff talk with the mother; she says yes to the hospital on her own telephone."""
    counsellor, stage = people.counsellor, people.stage
    counsellor.at(case).follow("与监护人谈话").follow("记录谈话")
    counsellor.fill(at=stage.clock() - timedelta(minutes=1), second=str(people.teacher.account.id), relation="mother")
    counsellor.fill(outcome="received", words="说明了情况和求助电话。")._click(
        counsellor.main.locator("form button").last
    )
    guardian = people.guardian
    guardian.page.goto(f"{SCHOOL}/guardian/#{_slip(people)}")
    guardian.press("下一步").fill(word__hospital="agreed", relation="mother")
    guardian.misses(*LEVELS, OWN_WORDS, stage.cast.home.pupil.name).press("交给学校")
    guardian.page.locator(".guardian-code").wait_for()


def plans_are_written(people: People, case: str) -> None:
    """The safety plan with the pupil, the individual plan with a task for the homeroom teacher."""
    counsellor, review = people.counsellor, f"{people.stage.clock() + timedelta(days=14):%Y-%m-%d}"
    counsellor.at(case).follow("安全计划和一生一策").follow("写安全计划")
    counsellor.fill(signs="睡不着、不想说话", adults="林老师、妈妈", lines="12356", **LATER, review_on=review)
    counsellor.press("保存新的版本").reads("计划已保存")
    counsellor.follow("安全计划和一生一策").follow("写一生一策")
    counsellor.fill(goals="一周内睡好两晚", who="林若溪，每天", school="", environment="", home="", review_on=review)
    counsellor.fill(who__1=str(people.teacher.account.id), what__1="每天课间看一眼", due__1=review)
    counsellor.press("保存新的版本").reads("计划已保存")
    teacher = people.teacher.at(f"{SCHOOL}/errands/").follow(people.stage.cast.home.pupil.name)
    teacher.reads("每天课间看一眼").misses(*LEVELS, OWN_WORDS, "睡好两晚", "个案", "研判")
    teacher.fill(said="done", note="今天课间聊了几句。").press("答复")
    people.other_counsellor.turned_away(teacher.path)


def the_homeroom_teacher_has_the_card_alone(people: People, case: str) -> None:
    """What to do, and no reason; what the teacher saw comes back to the counsellor."""
    counsellor, teacher = people.counsellor, people.teacher
    counsellor.at(case).follow("安全计划和一生一策").follow("发关心卡给班主任")
    counsellor.fill(words=SUPPORT).press("发给班主任").reads("关心卡已发给班主任")
    name = people.stage.cast.home.pupil.name
    teacher.at(f"{SCHOOL}/support/").reads(SUPPORT, name).misses(*LEVELS, OWN_WORDS, "预警", "个案", "研判")
    teacher.follow(name).misses(*LEVELS, OWN_WORDS, "预警", "研判")
    seen = "今天和同桌一起吃了午饭。"
    teacher.fill(at=people.stage.clock(), way="observed", words=seen).press("记下").reads("谢谢你的关心")
    counsellor.at(teacher.path).reads(seen)
    people.other_counsellor.turned_away(teacher.path)
    people.leader.turned_away(teacher.path)


def _slip(people: People) -> str:
    cast = people.stage.cast
    by = cast.actor(cast.home.counsellor, cast.home)
    with transaction.atomic(), entered(by):
        pupil = Student.objects.get(id=cast.home.pupil.id)
        return reissue(student=pupil.id, validity=LONGEST_VALIDITY, by=by, now=people.stage.clock()).code
