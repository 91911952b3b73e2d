"""The explorer in the browser's eyes: told figures and no others, clear words for what does not exist, kept views."""

import io
import re
from itertools import product
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import connection, transaction

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.insight.models import ReleasedCell, SavedView
from qingyan.insight.queries.exploring import explore
from qingyan.insight.rules.exploring import DIMENSIONS, Choice
from qingyan.insight.rules.totals import Figure, total
from tests.insight.setting import built, over, sheets
from tests.insight.web.test_boards import browser
from tests.screening.setting import city_round

pytestmark = pytest.mark.django_db
WHERE = "/boards/explore/"


@pytest.fixture
def told(cast):
    """A round that is over: 40 sheets at home of which 12 reached the line, 34 at the other school with 3."""
    campaign = over(city_round(cast, "phq-a"))
    sheets(cast, campaign, cast.home, reached=12, rest=28)
    sheets(cast, campaign, cast.other, reached=3, rest=31)
    built()
    return campaign


def district(cast):
    return f"district-{cast.home.school.district_id}"


def link(kind="", **choice):
    return f"{WHERE}{kind + '/' if kind else ''}?{urlencode(choice)}"


def test_an_officer_sees_the_city_and_a_lead_the_own_district(cast, told):
    city = browser(cast.city_officer).get(link("json", by="sex")).json()
    assert [one["text"] for one in city["lines"][0]["figures"][:3]] == ["75", "15", "60"]
    lead = browser(cast.district_lead)
    assert lead.get(link("json", by="sex")).json()["place"] == cast.home.school.district.name
    assert lead.get(link(place="city")).status_code == 400
    assert lead.get(link("json", place=f"district-{cast.far.school.district_id}")).status_code == 404
    assert browser(cast.home.counsellor).get(WHERE).status_code == 404


def test_every_figure_is_what_the_released_cells_say(cast, told):
    """Each count that any choice shows is the told cell, or the sum of told cells that its row names."""
    officer, seen = cast.actor(cast.city_officer), 0
    with entered(officer):
        for topic, place in product(DIMENSIONS, ("city", district(cast))):
            for by, sex in product((*DIMENSIONS[topic], "time"), ("", "F")):
                found = explore(officer, Choice(place=place, measure=topic, by=by, sex=sex))
                if found.exhibit is None:
                    continue
                told_cells = _cells(found)
                counts = {total(told_cells).value, *_sums(told_cells)}
                for line in found.exhibit.lines:
                    for column, figure in enumerate(line.figures):
                        if column not in found.exhibit.drawn and figure.value is not None:
                            assert figure.value in counts, (topic, place, by, sex, line)
                            seen += 1
    assert seen > 40


def _cells(found):
    digests = found.exhibit.digests
    rows = ReleasedCell.objects.filter(table__digest__in=digests, table__level=found.board.place.level)
    rows = rows.filter(table__place=found.board.place.id)
    return [Figure(shown, partial) for shown, partial in rows.values_list("shown", "partial")]


def _sums(cells):
    """Each told value, and sums of two of them: a row joins bands or sexes of one category."""
    values = [one.value for one in cells if one.value is not None]
    return {*values, *(one + other for one, other in product(values, values))}


def test_every_format_says_the_same(cast, told):
    client, choice = browser(cast.city_officer), {"measure": "levels", "by": "sex"}
    data = client.get(link("json", **choice)).json()
    texts = [[line["label"], *(one["text"] for one in line["figures"])] for line in data["lines"]]
    book = openpyxl.load_workbook(io.BytesIO(client.get(link("xlsx", **choice)).content)).active
    rows = [list(row)[: len(texts[0])] for row in book.iter_rows(min_row=2, max_row=1 + len(texts), values_only=True)]
    assert rows == texts
    page = client.get(link(**choice)).content.decode()
    table = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL).group(1)
    assert re.findall(r"<td[^>]*>(.*?)</td>", table) == [one for row in texts for one in row[1:]]
    assert client.get(link("pdf", **choice)).content.startswith(b"%PDF")
    assert client.get(link("docx", **choice)).status_code == 404


@pytest.mark.parametrize(
    "choice",
    [
        {"measure": "weight"},
        {"place": "district-999999"},
        {"on": "round-nothing"},
        {"on": "'; DROP TABLE insight_savedview; --"},
        {"part": "scl-99"},
        {"band": "class-3"},
        {"sex": "X"},
        {"by": "school_class"},
        {"measure": "coverage", "sex": "F"},
        {"measure": "alerts", "part": "phq-a"},
    ],
)
def test_what_does_not_exist_is_said_and_nothing_is_shown(cast, told, choice):
    client = browser(cast.city_officer)
    page = client.get(link(**choice))
    assert page.status_code in (200, 400)
    text = page.content.decode()
    assert "这个网址里有不存在的条件" in text or "还没有公布的数" in text
    assert "exhibit-data" not in text
    assert client.get(link("json", **choice)).status_code == 404


def test_of_a_single_school_only_coverage_and_timeliness_are_split(cast, told):
    client, where = browser(cast.district_lead), district(cast)
    schools = client.get(link("json", place=where, measure="coverage", by="place")).json()["lines"]
    assert [one["label"] for one in schools] == [cast.home.school.short_name, cast.other.school.short_name]
    assert client.get(link(place=where, measure="levels", by="place")).status_code == 400


def test_a_view_is_kept_opened_shared_and_removed(cast, told):
    lead, officer = browser(cast.district_lead), browser(cast.city_officer)
    data = {"name": " 女生 到线 ", "measure": "levels", "sex": "F", "by": "band", "shared": "on"}
    kept = lead.post(f"{WHERE}views/", data)
    assert kept.status_code == 302
    assert "sex=F" in kept.url
    assert lead.get(kept.url).status_code == 200
    assert "女生 到线" in lead.get(WHERE).content.decode()
    assert "女生 到线" not in officer.get(WHERE).content.decode(), "shared with the own place only"
    with entered(cast.actor(cast.district_lead)):
        view = SavedView.objects.get()
    assert officer.post(f"{WHERE}views/{view.id}/drop/").status_code == 404
    assert lead.post(f"{WHERE}views/{view.id}/drop/").status_code == 302
    with entered(cast.actor(cast.district_lead)):
        assert SavedView.objects.count() == 0
    with entered(cast.platform()):
        trail = set(AuditEntry.objects.filter(subject_kind="saved_view").values_list("action", flat=True))
    assert trail <= {"view.kept", "view.dropped"}


@pytest.mark.parametrize("data", [{"name": " "}, {"name": "x" * 61}, {"name": "x", "measure": "weight"}])
def test_a_view_without_a_name_or_with_a_choice_that_does_not_exist_is_not_kept(cast, told, data):
    lead = browser(cast.district_lead)
    answer = lead.post(f"{WHERE}views/", data, follow=True)
    assert "没有保存" in answer.content.decode()
    with entered(cast.actor(cast.district_lead)):
        assert SavedView.objects.count() == 0


def test_the_database_keeps_a_view_from_everybody_but_its_owner(cast, told):
    browser(cast.district_lead).post(f"{WHERE}views/", {"name": "own", "by": "band"})
    with entered(cast.actor(cast.district_lead)):
        assert SavedView.objects.count() == 1
    for account, place in ((cast.city_officer, None), (cast.home.counsellor, cast.home), (cast.system_admin, None)):
        with entered(cast.actor(account, place)):
            assert SavedView.objects.count() == 0
    with transaction.atomic(), entered(cast.actor(cast.city_officer)), connection.cursor() as cursor:
        cursor.execute("DELETE FROM insight_savedview")
        assert cursor.rowcount == 0


def test_views_are_paged_and_cost_the_same_questions(cast, told, django_assert_max_num_queries):
    lead = browser(cast.district_lead)
    lead.post(f"{WHERE}views/", {"name": "0", "by": "band"})
    lead.get(WHERE)
    with django_assert_max_num_queries(30) as first:
        lead.get(WHERE)
    asked = len(first)
    for number in range(1, 12):
        lead.post(f"{WHERE}views/", {"name": f"view {number}", "by": "band"})
    lead.get(WHERE)
    with django_assert_max_num_queries(asked):
        page = lead.get(WHERE).content.decode()
    assert page.count("/drop/") == 10
    assert lead.get(f"{WHERE}?page=2").content.decode().count("/drop/") == 2


def test_the_explorer_stands_before_anything_was_told(cast):
    assert "还没有公布的数" in browser(cast.city_officer).get(WHERE).content.decode()
