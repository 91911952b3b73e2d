"""Item and scale analysis in the browser's eyes."""

import io

import openpyxl
import pytest

from qingyan.insight.models import ReleasedScale
from tests.insight.setting import CODE, built, over
from tests.insight.test_scales import with_answers
from tests.insight.web.test_boards import browser
from tests.screening.setting import city_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    campaign = with_answers(cast, over(city_round(cast, CODE)))
    built()
    return campaign


def page(cast):
    return f"/boards/scales/district/{cast.home.school.district_id}/"


def test_a_lead_reads_the_own_district_an_officer_the_city_too_and_a_school_nothing(cast, told):
    lead, officer = browser(cast.district_lead), browser(cast.city_officer)
    assert lead.get("/boards/scales/").url == page(cast)
    assert officer.get("/boards/scales/").url == f"/boards/scales/city/{cast.city.id}/"
    for client in (lead, officer):
        assert "McDonald" in client.get(page(cast)).content.decode()
    assert lead.get(f"/boards/scales/city/{cast.city.id}/").status_code == 404
    assert lead.get(f"/boards/scales/district/{cast.far.school.district_id}/").status_code == 404
    assert officer.get(f"/boards/scales/school/{cast.home.school.id}/").status_code == 404
    assert browser(cast.home.principal).get(page(cast)).status_code == 404


def test_every_format_says_what_was_told(cast, told):
    client, row = browser(cast.district_lead), ReleasedScale.objects.get(level="district")
    data = client.get(page(cast) + "scales/json/").json()
    figures = data["lines"][0]["figures"]
    assert figures[2]["text"] == f"{row.told['alpha']:.2f}（{row.told['low']:.2f}–{row.told['high']:.2f}）"
    assert figures[4]["value"] == row.told["omega"]
    items = client.get(page(cast) + "items-1/json/").json()["lines"]
    assert [one["figures"][0]["value"] for one in items] == [one["rest"] for one in row.told["items"]]
    book = openpyxl.load_workbook(io.BytesIO(client.get(page(cast) + "items-1/xlsx/").content)).active
    assert [one.value for one in book[2]][1] == items[0]["figures"][0]["text"]
    assert client.get(page(cast) + "items-1/pdf/").content.startswith(b"%PDF")
    assert client.get(page(cast) + "items-9/json/").status_code == 404


def test_what_the_address_asks_for_and_does_not_exist_gives_the_newest(cast, told):
    assert browser(cast.district_lead).get(page(cast) + "?round=nothing&instrument=none").status_code == 200


def test_the_page_stands_before_anything_was_told(cast):
    assert "还没有公布的量表分析" in browser(cast.district_lead).get(page(cast)).content.decode()
