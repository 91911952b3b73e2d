"""A crisis is told to district and city under a number; one officer opens the name for an hour. Not a test."""

from tests.factories.city import PASSWORD
from tests.journeys.red_answer.people import People

FACTS = "该生上午告诉老师有具体打算，两名老师轮流陪伴。"


def the_school_reports(people: People, case: str) -> str:
    """By telephone, then in writing; a name is refused. Gives the address that the officers have."""
    counsellor, name = people.counsellor, people.stage.cast.home.pupil.name
    counsellor.at(case).follow("危机上报").follow("记下口头首报")
    counsellor.fill(at=people.stage.clock(), told_to="区心理中心值班室", said=f"{name}有危险")
    counsellor.refused("记下口头首报").reads("文字里有学生的姓名")
    counsellor.fill(said="一名高一学生有危险，已有人陪伴").press("记下口头首报").reads("已记下口头首报")
    counsellor.follow("书面首报").fill(situation="accompanied", facts=FACTS, measures="已联系家长")
    counsellor.fill(next="下午再谈").press("提交书面首报").reads("报告已提交")
    district = people.district.at("/oversight/threads/").misses(name).follow(people.stage.cast.home.school.name)
    district.reads(FACTS).misses(name).press("已收到").fill(text="需要时可以派专家。").press("答复")
    people.city.at(district.path).reads(FACTS, "需要时可以派专家").misses(name)
    people.other_district.at("/oversight/threads/").misses(people.stage.cast.home.school.name)
    for one in (people.other_district, people.other_counsellor, people.leader, people.teacher):
        one.turned_away(district.path)
    people.leader.at(f"{case}thread/").reads("需要时可以派专家")
    return district.path


def an_officer_opens_the_name_for_an_hour(people: People, case: str, thread: str) -> None:
    """With a purpose and the password; the school is told, another officer reviews, and then the page is gone."""
    district, name = people.district, people.stage.cast.home.pupil.name
    district.at(thread).follow("打开身份").fill(reason="hospital", words="协调市三院接诊，需要核对姓名。", password="x")
    district.refused("打开身份").reads("密码不对")
    district.fill(reason="hospital", words="协调市三院接诊，需要核对姓名。", password=PASSWORD)
    district.press("打开身份").reads(name).misses("PHQ", "想过不如不活")
    opened = district.path
    for one in (people.city, people.other_district, people.counsellor, people.leader):
        one.turned_away(opened)
    people.counsellor.at(f"{case}thread/").reads("协调市三院接诊", "区负责人")
    city = people.city.at("/oversight/glasses/").misses(name).follow("复核")
    city.fill(verdict="right", words="用途清楚。").press("提交意见").reads("复核已记下")
    people.stage.clock.move(minutes=61)
    district.turned_away(opened)


def the_crisis_ends(people: People, case: str, thread: str) -> None:
    """The last report, once people have lowered the level; no name can be opened any more."""
    people.counsellor.at(case).follow("危机上报").follow("终报").fill(situation="settled", facts="已脱离危机。")
    people.counsellor.fill(measures="已就诊", next="每周见面").press("提交终报").reads("已终报")
    people.district.at(thread).reads("已终报").offers_no("打开身份")


def while_it_lasts(people: People, case: str) -> None:
    """Each day a report; one that comes too late says so."""
    people.stage.clock.move(days=2)
    counsellor = people.counsellor.at(case).follow("危机上报").follow("续报")
    counsellor.fill(situation="family", facts="昨夜在家，睡了六小时。", measures="母亲陪伴", next="今天下午到医院")
    counsellor.press("提交续报").reads("晚于期限")
