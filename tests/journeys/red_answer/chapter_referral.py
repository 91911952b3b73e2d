"""A letter with a code, a doctor with a telephone, the slip; leave from school and the way back. Not a test."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from qingyan.cases.jobs import chase
from tests.journeys.red_answer.chapter_case import LEVELS, OWN_WORDS
from tests.journeys.red_answer.people import People
from tests.journeys.red_answer.stage import Person
from tests.papers.reading import pages

SCHOOL = "/s/qingshi"
HOSPITAL = "云州市第三人民医院心理科"
ADVICE = "先休息两周，保证睡眠"


def a_letter_goes(people: People, case: str) -> tuple[str, str]:
    """Prepared, agreed, printed; gives the letter's code and the guardian's code of the name."""
    counsellor = people.counsellor.at(case).follow("转介和回执").follow("准备转介")
    counsellor.fill(kind="hospital", recipient=HOSPITAL, reasons=["mood", "sleep"], risks=["plan"]).press("准备转介")
    counsellor.follow("记下同意或法定事由").fill(basis="consent", contact=True).press("记下")
    with counsellor.page.expect_download() as download:
        counsellor.main.get_by_role("button", name="打印转介信，发出").click()
    letter, sheet = ("".join(one.split()) for one in pages(Path(download.value.path()).read_bytes()))
    assert people.stage.cast.home.pupil.name not in letter + sheet
    code = re.search(r"打开的码：([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})", letter)
    name_code = re.search(r"姓名码：([0-9A-Z]{4}-[0-9A-Z]{2})", sheet)
    assert code
    assert name_code
    button = counsellor.main.get_by_role("button", name="打印转介信，发出")
    expect(button).not_to_have_attribute("aria-busy", "true", timeout=10_000)
    counsellor.press("打印转介信，发出").reads("已经到了另一步", "已发出，等预约")
    counsellor.at(case).reads("已转介")
    return code[1], name_code[1]


def the_doctor_answers(people: People, case: str, codes: tuple[str, str]) -> None:
    """An appointment; silence for three days, and the school is reminded; then the slip by the second code."""
    doctor, stage, name = people.doctor, people.stage, people.stage.cast.home.pupil.name
    again = _opened(doctor, codes[0])
    doctor.follow("看转介资料").misses(name, OWN_WORDS, *LEVELS).fill(code=codes[1]).press("显示姓名").reads(name)
    doctor.fill(at=stage.clock() + timedelta(days=2)).press("告诉学校").reads("改约")
    doctor.press("看完了，关闭这一页")
    stage.clock.move(days=3, hours=1)
    assert chase(0) == 1
    people.counsellor.at("/notifications/").misses(name, HOSPITAL)
    doctor.page.goto(f"{SCHOOL}/referral/")
    doctor.fill(code=codes[0]).refused("打开").reads("这个码现在打不开")
    _opened(doctor, again)
    doctor.follow("看转介资料").fill(fit="rest", advice=ADVICE, signed="赵医生，心理科").press("交给学校")
    doctor.reads("回执已经交给学校")
    people.counsellor.at(case).follow("转介和回执").reads(ADVICE)
    people.leader.turned_away(f"{case}referrals/")


def the_pupil_rests_and_returns(people: People, case: str) -> None:
    """Four steps and a leader's word; a month later five steps back."""
    counsellor, leader, clock = people.counsellor, people.leader, people.stage.clock
    counsellor.at(case).follow("休学和复学").follow("开始：发现识别").fill(note="医院建议休息。").press("记下")
    leave = counsellor.path
    _steps(counsellor, "专业评估", "家校沟通", "申请")
    for one in (*people.strangers, people.deputy):
        one.turned_away(leave)
    _decided(leader, leave, "批准休学")
    _registered(people, "休学")
    _steps(counsellor.at(leave), "学籍已办休学")
    counsellor.at(case).reads("休学中")
    clock.move(days=28)
    _steps(counsellor.at(leave), "记下这个月的联系", "材料提交", "学校审核", "综合评估")
    _decided(leader, leave, "同意复学")
    _registered(people, "复学", return__school_class=str(people.stage.cast.home.class_a.id))
    _steps(counsellor.at(leave), "学籍已办复学，开始支持", "支持结束")
    counsellor.at(case).reads("复学支持").follow("回到日常关怀").fill(reason="返校顺利。").press("回到日常关怀")
    counsellor.reads("关怀中").misses("再次休学")


def _opened(doctor: Person, code: str) -> str:
    """Through the door with a code; gives the one for next time."""
    doctor.page.goto(f"{SCHOOL}/referral/")
    doctor.fill(code=code).press("打开").reads("已经打开")
    return doctor.page.locator(".case-code").inner_text()


def _steps(person: Person, *titles: str) -> None:
    for title in titles:
        person.follow(title)
        if person.main.locator("[name=note]").count():
            person.fill(note=f"{title}：已和家里说好。")
        person.press(title)


def _decided(leader: Person, leave: str, word: str) -> None:
    leader.at(f"{SCHOOL}/cases/leaves/").follow(leader.stage.cast.home.pupil.name)
    assert leader.path == leave
    _steps(leader.misses(OWN_WORDS), word)
    leader.turned_away(leave)


def _registered(people: People, step: str, **given: str) -> None:
    """What the school office does with the register."""
    people.office.at(f"{SCHOOL}/pupils/{people.stage.cast.home.pupil.id}/").fill(**given).press(f"办理{step}")
