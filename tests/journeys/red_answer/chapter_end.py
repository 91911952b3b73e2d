"""Looked at again, lowered, watched, closed; and a flag that was false is sealed by two. Not a test."""

from datetime import timedelta

from tests.journeys.red_answer.chapter_case import CRITERIA, OWN_WORDS, the_panel_meets, they_talk
from tests.journeys.red_answer.people import People

SCHOOL = "/s/qingshi"


def they_look_again(people: People, case: str, proposed: str) -> None:
    """A follow-up with a proposal; the level stays until a panel has met."""
    counsellor = people.counsellor.at(case).follow("回访").follow("记录回访")
    counsellor.fill(at=people.stage.clock() - timedelta(minutes=1), proposed_level=proposed, words="睡得好些了。")
    counsellor.press("记下回访").reads("回访已记下")


def the_level_is_lowered(people: People, case: str) -> None:
    """From red to yellow: then it is no leader's matter any more."""
    they_look_again(people, case, "yellow")
    people.counsellor.at(case).reads("红 · 极高")
    the_panel_meets(people, case, "yellow")
    people.counsellor.at(case).reads("黄 · 中")
    people.leader.turned_away(case)


def it_is_watched_quietly_and_closed(people: People, case: str) -> None:
    """What is to do is done, a panel is content, a term goes by; before that an end is refused in plain words."""
    counsellor, clock = people.counsellor, people.stage.clock
    clock.move(days=70)
    they_look_again(people, case, "blue")
    the_panel_meets(people, case, "watch", level="blue", criteria=CRITERIA)
    counsellor.at(case).reads("静默关注").follow("结案").fill(criteria=CRITERIA, summary="一切都好。")
    counsellor.press("结案").reads("静默关注的时间还不够", "还有没做完的事")
    clock.move(days=121)
    they_look_again(people, case, "green")
    counsellor.at(case).follow("结案").fill(criteria=CRITERIA, summary="本人说现在可以自己调节。").press("结案")
    counsellor.reads("个案已结案", "个案已经结束")
    people.teacher.at(f"{SCHOOL}/support/").reads("现在没有关心卡")
    people.leader.turned_away(case)
    people.deputy.turned_away(f"{case}interviews/")


def a_false_flag_is_sealed_by_two(people: People, case: str, alert: str) -> None:
    """The deputy has talked with the classmate; the leader agrees; it leaves the lists and the file."""
    deputy, leader, pupil = people.deputy, people.leader, people.stage.cast.home.pupils_a[1]
    they_talk(deputy, case, "green")
    deputy.at(case).follow("提请封存").fill(reason="把题目看反了，谈过以后没有担心。").press("提请复核").reads(
        "待复核封存"
    )
    deputy.offers_no("同意封存")
    leader.at(f"{SCHOOL}/cases/waiting/").follow(pupil.name).misses(OWN_WORDS).follow("同意封存")
    leader.fill(agrees="yes", reason="和老师当面核对过。").press("提交意见").reads("已封存")
    for one in (deputy, leader, people.counsellor):
        one.turned_away(case)
    deputy.at(f"{SCHOOL}/files/{pupil.id}/").misses("第 9 题", "打开个案")
    deputy.at(f"{SCHOOL}/alerts/?state=all").misses(alert)
