"""Boards in the browser's eyes: who reads which, equal figures in every format, nothing small anywhere."""

import io
import json
import re

import openpyxl
import pypdf
import pytest
from django.test import Client

from qingyan.insight.models import ReleasedCell
from tests.insight.setting import built, over, sheets
from tests.screening.setting import city_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """A round that is over: 40 sheets at home of which 12 reached the line, 34 at the other school with 3."""
    campaign = over(city_round(cast, "phq-a"))
    sheets(cast, campaign, cast.home, reached=12, rest=28)
    sheets(cast, campaign, cast.other, reached=3, rest=31)
    built()
    return campaign


def browser(account):
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def board(cast, place=None):
    return f"/s/{(place or cast.home).school.slug}/board/"


def district(cast):
    return f"/boards/districts/{cast.home.school.district_id}/"


def test_a_leader_reads_the_own_school_and_no_other(cast, told):
    page = browser(cast.home.principal).get(board(cast))
    assert page.status_code == 200
    assert "25.0%（14.2–40.2）" in page.content.decode()
    assert browser(cast.home.principal).get(board(cast, cast.other)).status_code == 404
    assert browser(cast.home.homeroom_teacher).get(board(cast)).status_code == 404


def test_a_district_lead_reads_the_own_district_and_no_other(cast, told):
    lead = browser(cast.district_lead)
    assert lead.get("/boards/").url == district(cast)
    assert lead.get(district(cast)).status_code == 200
    assert lead.get(f"/boards/districts/{cast.far.school.district_id}/").status_code == 404
    assert lead.get("/boards/city/").status_code == 404
    assert lead.get("/boards/screen/").status_code == 404


def test_of_a_single_school_the_district_is_told_coverage_and_no_level(cast, told):
    page = browser(cast.district_lead).get(district(cast) + "coverage-places/json/").json()
    assert [line["label"] for line in page["lines"]] == [cast.home.school.short_name, cast.other.school.short_name]
    text = browser(cast.district_lead).get(district(cast)).content.decode()
    for code in ("levels", "groups", "factors-1", "alerts"):
        source = re.search(rf'<script id="exhibit-{code}" type="application/json">(.*?)</script>', text)
        assert source is None or cast.other.school.short_name not in source.group(1)


def test_every_format_says_the_same(cast, told):
    client, where = browser(cast.home.principal), board(cast) + "groups/"
    data = client.get(where + "json/").json()
    texts = [[line["label"], *(one["text"] for one in line["figures"])] for line in data["lines"]]
    assert texts
    assert texts[0][1:] == ["40", "10", "25.0%（14.2–40.2）"]
    page = client.get(board(cast)).content.decode()
    source = re.search(r'<script id="exhibit-groups" type="application/json">(.*?)</script>', page).group(1)
    assert json.loads(source)["lines"] == data["lines"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(where + "xlsx/").content)).active
    assert [list(row)[:4] for row in book.iter_rows(min_row=2, max_row=1 + len(texts), values_only=True)] == texts
    paper = pypdf.PdfReader(io.BytesIO(client.get(where + "pdf/").content)).pages[0].extract_text()
    assert all(one in re.sub(r"\s", "", paper) for row in texts for one in row[1:])
    table = re.search(r'id="title-exhibit-groups".*?<tbody>(.*?)</tbody>', page, re.DOTALL).group(1)
    assert re.findall(r"<td[^>]*>(.*?)</td>", table) == [one for row in texts for one in row[1:]]


def test_an_exhibit_or_a_kind_that_does_not_exist_is_not_found(cast, told):
    client = browser(cast.home.principal)
    assert client.get(board(cast) + "nothing/json/").status_code == 404
    assert client.get(board(cast) + "groups/docx/").status_code == 404


def test_the_big_screen_stands_with_figures_and_brings_itself_up_to_date(cast, told):
    client = browser(cast.city_officer)
    page = client.get("/boards/screen/").content.decode()
    assert 'hx-trigger="every 60s"' in page
    part = client.get("/boards/screen/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "筛查不是诊断" in part


def test_boards_stand_before_anything_was_told(cast):
    assert "还没有公布的数" in browser(cast.home.principal).get(board(cast)).content.decode()
    assert browser(cast.city_officer).get("/boards/city/").status_code == 200
    assert browser(cast.city_officer).get("/boards/screen/").status_code == 200


def test_a_board_asks_the_same_questions_however_many_rounds_there_are(cast, told, django_assert_max_num_queries):
    client = browser(cast.home.principal)
    client.get(board(cast))
    with django_assert_max_num_queries(24) as first:
        client.get(board(cast))
    more = over(city_round(cast, "phq-a"))
    sheets(cast, more, cast.home, reached=10, rest=30)
    built()
    with django_assert_max_num_queries(len(first)):
        client.get(board(cast))


def test_nothing_small_is_on_any_page(cast, told):
    assert ReleasedCell.objects.filter(shown__gt=0, shown__lt=10).count() == 0
    data = browser(cast.city_officer).get("/boards/city/groups/json/").json()
    counts = [figure["value"] for line in data["lines"] for figure in line["figures"][:2]]
    assert all(value is None or value % 5 == 0 for value in counts)
