"""A pupil answers and somebody sees it at once; what nobody acknowledges goes up the ladder. Not a test."""

from uuid import UUID

from django.db import transaction
from playwright.sync_api import expect

from qingyan.alerts.jobs import keep_time_everywhere
from qingyan.alerts.models import Alert
from qingyan.foundation.access.scope import entered
from qingyan.screening.models import Campaign
from tests.alerts.setting import Answering
from tests.factories.city import Cast
from tests.journeys.red_answer.people import ASKED, People

SCHOOL = "/s/qingshi"
ITEMS, MOST = 9, "4"
LIVE_MS = 5_000
ONE_WAITS = "有 1 份紧急提示等人确认"
REASON = "第 9 题"


def the_school_names_who_stands_where(people: People) -> None:
    """The leader names the first counsellor and the deputy."""
    leader = people.leader.at(f"{SCHOOL}/duty/")
    for place, person in (("counsellor", people.counsellor), ("deputy", people.deputy)):
        leader.page.select_option("#id_place", place)
        leader.page.locator("form[action$='/duty/posts/'] [name=account]").select_option(str(person.account.id))
        leader.press("指定").reads("已指定")


def the_pupil_answers(people: People) -> None:
    """On the real page, one key an item; at the ninth the most that can be chosen."""
    people.counsellor.at(f"{SCHOOL}/classes/")
    bar = people.counsellor.page.locator("[data-live-way]")
    expect(bar).to_be_hidden()
    pupil = people.pupil.at(f"{SCHOOL}/tests/").follow("看说明，开始").fill(assent=True).press("我读过了，愿意参加")
    for item in range(1, ITEMS + 1):
        expect(pupil.page.locator("[data-place]")).to_contain_text(f"{item} /")
        pupil.page.keyboard.press(MOST if item == ITEMS else "1")
    expect(pupil.page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    expect(bar).to_have_text(ONE_WAITS, timeout=LIVE_MS)
    pupil.misses("预警", "紧急提示", "心理教师已经")


def the_counsellor_acknowledges(people: People) -> str:
    """From the line that appeared to the alert; gives its address."""
    keep_time_everywhere()
    counsellor = people.counsellor
    with counsellor.page.expect_navigation():
        counsellor.page.click("[data-live-way]")
    people.stage.look(counsellor.page)
    counsellor.follow("查看并处理").reads(REASON, people.stage.cast.home.pupil.name)
    address = counsellor.path
    for one in (*people.strangers, people.leader):
        one.turned_away(address)
    people.deputy.at(address).reads("林若溪")
    counsellor.fill(note="已请班主任陪着，课间在辅导室见面。").press("我来处理").reads("已有人处理")
    return address


def nobody_acknowledges_the_second(people: People) -> str:
    """Ten minutes, twenty, thirty: deputy, leader, district; each sees what it may see. Gives its address."""
    stage, cast = people.stage, people.stage.cast
    address, name = f"{SCHOOL}/alerts/{_second_alert(cast)}/", cast.home.pupils_a[1].name
    keep_time_everywhere()
    people.leader.at(f"{SCHOOL}/duty/").misses(name)
    people.district.at("/district/calls/").reads("学校都按时确认了")
    stage.clock.move(minutes=10)
    keep_time_everywhere()
    people.deputy.at("/notifications/").reads("苏禾").misses(name, REASON)
    people.deputy.at(f"{SCHOOL}/today/").reads(REASON).misses(name)
    stage.clock.move(minutes=10)
    keep_time_everywhere()
    people.leader.at(f"{SCHOOL}/duty/").reads(name).misses(REASON, "PHQ-A")
    stage.clock.move(minutes=10)
    keep_time_everywhere()
    people.district.at("/district/calls/").reads(cast.home.school.name).misses(name).press("已联系学校").reads("已联系")
    people.other_district.at("/district/calls/").misses(cast.home.school.name)
    assert keep_time_everywhere() == 0, "nobody is told twice"
    people.deputy.at(address).reads("林若溪", "苏禾", "宋远", "区负责人")
    people.deputy.fill(note="马上去教室接她。").press("我来处理").reads("已有人处理")
    people.district.at("/district/calls/").reads("学校已确认")
    return address


def _second_alert(cast: Cast) -> UUID:
    """A classmate chooses the same; how an answer comes in was shown above."""
    with transaction.atomic():
        sheet = Answering(cast.home.pupils_a[1], Campaign.objects.get(), ASKED)
        sheet.save(ITEMS - 1, 3)
        with entered(cast.platform()):
            return Alert.objects.get(sitting=sheet.sitting).id
