"""Pages of reports: the school's own steps, and the district, which sees what was handed in and nothing before."""

from io import BytesIO

import openpyxl
from django.db import transaction
from django.urls import reverse

from qingyan.foundation.access.scope import entered
from qingyan.papers.models import MonthlyReport
from tests.alerts.setting import browser
from tests.cases.setting import counsellor
from tests.cases.web.test_pages import words
from tests.papers.actions.test_reporting import LAST, handed, made
from tests.papers.reading import flat, word_body
from tests.papers.web.test_case_papers import at

DISTRICT = "/monthly-reports/"


def test_a_report_goes_from_the_counsellor_to_the_leader_to_the_district(cast):
    home, first, second = cast.home, browser(cast.home.counsellor), browser(cast.home.principal)
    assert "还没有统计" in words(second.get(at("reports", home)))
    page = words(first.post(at("make_report", home), {"month": LAST.code}, follow=True))
    assert "零报告" in page
    report = made_here(cast)
    place = {"report_id": report.id}
    step = {name: at("report_step", home, verb=name, **place) for name in ("check", "sign", "hand")}
    refused = first.post(step["check"], {"incidents": "4000"})
    assert refused.status_code == 422
    assert 'value="4000"' in refused.content.decode(), "what was typed comes back"
    assert "待签发" in words(first.post(step["check"], {"incidents": "0"}, follow=True))
    assert first.post(step["sign"]).status_code == 404
    assert "待报送" in words(second.post(step["sign"], follow=True))
    assert "已报送" in words(first.post(step["hand"], follow=True))
    printed, written = (first.get(at("report_file", home, kind=kind, **place)).content for kind in ("pdf", "docx"))
    for said in (flat(printed), word_body(written)):
        assert "零报告" in said
        assert home.principal.name in said


def test_strangers_see_no_report(cast):
    report = made(cast)
    for account in (cast.home.homeroom_teacher, cast.home.school_admin, cast.other.counsellor, cast.district_lead):
        assert browser(account).get(at("report", cast.home, report_id=report.id)).status_code == 404
    assert browser(cast.other.counsellor).get(at("report", cast.other, report_id=report.id)).status_code == 404
    assert browser(cast.home.counsellor).get(DISTRICT).status_code == 404


def test_the_district_sees_what_was_handed_in_and_nothing_before(committed_cast):
    cast = committed_cast
    with transaction.atomic():
        made(cast)
        handed(cast, cast.other)
        handed(cast, cast.far)
    client, city = browser(cast.district_lead), browser(cast.city_officer)
    page = words(client.get(f"{DISTRICT}?month={LAST.code}"))
    assert page.count("已报送") == 1
    assert cast.home.school.short_name in page
    assert cast.far.school.short_name not in page
    assert 'data-label="月末在管"' in client.get(f"{DISTRICT}?month={LAST.code}").content.decode()
    assert cast.far.school.short_name in words(city.get(f"{DISTRICT}?month={LAST.code}"))
    content = client.get(f"{DISTRICT}collected.xlsx?month={LAST.code}").content
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True)}
    assert rows[cast.other.school.name][4:] == (0, 0, 0, 0, 0, 0)
    assert rows[cast.home.school.name][4:] == (None,) * 6
    assert cast.district_lead.name in sheet.oddHeader.left.text
    asked = client.post(f"{DISTRICT}chase/", {"school": cast.far.school.id, "month": LAST.code})
    assert asked.status_code == 404


def made_here(cast):
    with entered(counsellor(cast)):
        return MonthlyReport.objects.get()


def test_the_addresses_are_where_navigation_looks_for_them():
    assert reverse("papers:district_reports") == DISTRICT
