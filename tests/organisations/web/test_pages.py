"""Public doors, the city's overview, the calendar and a school's own pages, through the whole stack."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.organisations.models import School, SchoolYear, Term
from qingyan.people.models import StaffProfile
from tests.alerts.setting import browser


def at(name: str, place=None, **parts) -> str:
    return reverse(f"organisations:{name}", kwargs={"slug": place.school.slug, **parts} if place else parts)


def words(answer) -> str:
    return answer.content.decode()


def test_the_front_page_has_hotlines_a_door_for_every_school_and_no_person(client, cast):
    page = words(client.get("/"))
    for part in ("12355", "12356", "云州市青石中学", "/s/baisha/", "我现在就需要帮助"):
        assert part in page
    assert cast.home.pupil.name not in page
    assert cast.home.counsellor.name not in page


def test_a_school_is_found_by_part_of_its_name(client, cast):
    page = words(client.get("/", {"name": "青石"}))
    assert "云州市青石中学" in page
    assert "白沙" not in page
    assert "没有找到" in words(client.get("/", {"name": "不存在"}))


def test_help_is_there_for_everybody(client, cast):
    page = words(client.get(at("help")))
    for number in ("12355", "12356", "120", "110"):
        assert f"tel:{number}" in page


def test_a_school_s_home_welcomes_and_leads_to_the_pupils_door(client, cast):
    page = words(client.get(at("home", cast.home)))
    for part in ("青石中学", "欢迎你。", "/s/qingshi/door/", "12355"):
        assert part in page


def test_an_unknown_or_closed_school_does_not_exist(client, cast):
    School.objects.filter(id=cast.other.school.id).update(opened=False)
    assert client.get("/s/nowhere/").status_code == 404
    assert client.get(at("home", cast.other)).status_code == 404


def test_a_counsellor_is_led_from_the_front_door_to_the_morning(cast):
    client = browser(cast.home.counsellor)
    assert client.get("/", follow=True).redirect_chain == [
        ("/s/qingshi/", 302),
        ("/s/qingshi/today/", 302),
    ]
    assert client.get(at("home", cast.home), {"stay": "yes"}).status_code == 200


def test_the_city_officer_sees_every_school_with_its_teachers_and_the_district_lead_the_own_district(cast):
    StaffProfile.objects.create(account=cast.home.counsellor, full_time=True, title="中级", certificate="")
    StaffProfile.objects.create(account=cast.far.counsellor, full_time=False)
    city = words(browser(cast.city_officer).get(at("city")))
    for part in ("青石中学", "白沙中学", "云岭中学", "已达到", "未达到", "专职 1 · 兼职 1"):
        assert part in city, part
    district = words(browser(cast.district_lead).get(at("city")))
    assert "青石中学" in district
    assert "云岭中学" not in district


def test_the_table_filters_sorts_and_keeps_both_in_its_links(cast):
    client = browser(cast.city_officer)
    page = words(client.get(at("city"), {"district": "haian", "sort": "-name"}))
    assert "云岭中学" not in page
    assert page.index("云州市青石中学") < page.index("云州市白沙中学")
    assert "sort=name&amp;district=haian" in page
    assert "没有符合条件的学校" in words(client.get(at("city"), {"name": "不存在"}))
    assert client.get(at("city"), {"sort": "password", "page": "x"}).status_code == 200


def test_the_table_can_be_taken_away_as_a_spreadsheet_without_formulas(cast):
    School.objects.filter(id=cast.home.school.id).update(counselling_room='=HYPERLINK("http://x")')
    answer = browser(cast.city_officer).get(at("schools_workbook"), {"district": "haian"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "学校"
    assert {row[0] for row in rows[1:3]} == {"云州市青石中学", "云州市白沙中学"}
    assert {cell.data_type for line in sheet.iter_rows(min_row=2, max_row=3) for cell in line} <= {"s", "n"}
    assert "市负责人" in str(rows[-1][0])


@pytest.mark.parametrize("name", ["city", "schools_workbook", "years"])
def test_nobody_of_a_school_sees_the_city_pages(cast, name):
    for who in ("counsellor", "homeroom_teacher", "principal", "school_admin"):
        assert browser(getattr(cast.home, who)).get(at(name)).status_code == 404, who


def test_a_district_lead_does_not_keep_the_calendar(cast):
    client = browser(cast.district_lead)
    assert client.get(at("years")).status_code == 404
    given = {"starts_on": "2027-09-01", "ends_on": "2028-08-31"}
    assert client.post(at("add_year"), given).status_code == 404
    assert SchoolYear.objects.count() == 1


def test_the_officer_adds_a_year_and_a_term(cast):
    client = browser(cast.city_officer)
    done = client.post(at("add_year"), {"starts_on": "2027-09-01", "ends_on": "2028-08-31"}, follow=True)
    assert "2027—2028" in words(done)
    year = SchoolYear.objects.get(name="2027—2028")
    given = {"school_year": year.id, "ordinal": 1, "starts_on": "2027-09-01", "ends_on": "2028-01-20"}
    assert "已添加学期" in words(client.post(at("add_term"), given, follow=True))
    assert Term.objects.filter(school_year=year).count() == 1


def test_an_impossible_year_or_term_is_explained_and_nothing_changes(cast):
    client = browser(cast.city_officer)
    overlapping = client.post(at("add_year"), {"starts_on": "2027-08-01", "ends_on": "2028-07-31"})
    assert (overlapping.status_code, "日期重叠" in words(overlapping)) == (422, True)
    outside = {"school_year": cast.year.id, "ordinal": 2, "starts_on": "2027-03-01", "ends_on": "2027-12-01"}
    refused = client.post(at("add_term"), outside)
    assert (refused.status_code, "学期应在学年之内" in words(refused)) == (422, True)
    assert (SchoolYear.objects.count(), Term.objects.count()) == (1, 1)


def test_a_school_changes_its_own_look_and_the_change_is_recorded(cast):
    client = browser(cast.home.school_admin)
    given = {"short_name": "青石", "accent": "#0F5654", "welcome": "来坐坐。", "counselling_room": "求知楼 203"}
    assert "学校页面已更新" in words(client.post(at("settings", cast.home), given, follow=True))
    school = School.objects.get(id=cast.home.school.id)
    assert (school.short_name, school.accent, school.welcome) == ("青石", "#0f5654", "来坐坐。")
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="school.edit").detail["fields"] == [
            "short_name",
            "accent",
            "welcome",
            "counselling_room",
        ]


def test_a_colour_under_which_white_cannot_be_read_is_refused(cast):
    client = browser(cast.home.school_admin)
    given = {"short_name": "青石", "accent": "#ffee88", "welcome": "", "counselling_room": ""}
    refused = client.post(at("settings", cast.home), given)
    assert (refused.status_code, "太浅" in words(refused)) == (422, True)
    assert School.objects.get(id=cast.home.school.id).accent == "#1f7a78"


@pytest.mark.parametrize("who", ["counsellor", "homeroom_teacher", "principal"])
def test_only_the_own_school_s_administrator_changes_its_look(cast, who):
    assert browser(getattr(cast.home, who)).get(at("settings", cast.home)).status_code == 404
    assert browser(cast.other.school_admin).get(at("settings", cast.home)).status_code == 404


def test_classes_show_codes_homeroom_teachers_and_pupils_to_those_who_may_see_pupils(cast):
    page = words(browser(cast.home.counsellor).get(at("classes", cast.home)))
    for part in ("高一（1）班", cast.home.class_a.code, "周明", cast.home.class_b.code):
        assert part in page
    own = words(browser(cast.home.homeroom_teacher).get(at("classes", cast.home)))
    assert cast.home.class_a.code in own
    assert cast.home.class_b.code not in own
    assert browser(cast.other.counsellor).get(at("classes", cast.home)).status_code == 404


def test_the_overview_asks_the_same_number_of_questions_for_two_schools_and_for_three(
    cast, django_assert_max_num_queries
):
    client = browser(cast.city_officer)
    with django_assert_max_num_queries(40) as few:
        client.get(at("city"), {"district": "shannan"})
    with django_assert_max_num_queries(40) as many:
        client.get(at("city"))
    assert len(many) == len(few)


def test_the_city_registers_a_holiday_on_the_calendars_page(cast):
    client = browser(cast.city_officer)
    day = timezone.localdate() + timedelta(days=30)
    done = client.post(at("add_day"), {"day": str(day), "works": "no", "title": "校庆放假"}, follow=True)
    assert "校庆放假" in done.content.decode()
    again = client.post(at("add_day"), {"day": str(day), "works": "no", "title": "校庆放假"})
    assert again.status_code == 422
    assert "已经登记过" in again.content.decode()
