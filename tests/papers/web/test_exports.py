"""Exports through the whole stack: names in the file only, watermarks in each format, 404 for everybody else."""

from io import BytesIO

import openpyxl

from qingyan.foundation.access.scope import entered
from qingyan.papers.models import Export
from tests.alerts.setting import browser
from tests.cases.setting import counsellor, opened
from tests.cases.web.test_pages import words
from tests.papers.reading import flat, word_body, word_headers
from tests.papers.web.test_case_papers import at

PURPOSE = "交接"


def _asked(cast) -> Export:
    answer = browser(cast.home.counsellor).post(
        at("ask_export", cast.home), {"kind": "register_open", "purpose": PURPOSE}, follow=True
    )
    assert "校领导审批" in words(answer)
    with entered(counsellor(cast)):
        return Export.objects.get()


def test_the_three_files_bear_viewer_time_and_purpose(cast):
    opened(cast)
    export = _asked(cast)
    place, home = {"export_id": export.id}, cast.home
    page = words(browser(home.principal).get(at("export", home, **place)))
    assert PURPOSE in page
    assert home.pupil.name not in page
    browser(home.principal).post(at("answer_export", home, **place), {"agrees": "yes"})
    client = browser(home.counsellor)
    pdf, docx, xlsx = (
        client.get(at("take_export", home, kind=kind, **place)).content for kind in ("pdf", "docx", "xlsx")
    )
    sheet = openpyxl.load_workbook(BytesIO(xlsx)).active
    heads = [flat(pdf), word_headers(docx)[0], sheet.oddHeader.left.text]
    assert all(home.counsellor.name in head and PURPOSE in head for head in heads)
    assert home.pupil.name in flat(pdf)
    assert home.pupil.name in word_body(docx)
    assert home.pupil.name in {cell.value for row in sheet.iter_rows() for cell in row}
    assert words(client.get(at("export", home, **place))).count("XLSX") == 2


def test_a_purpose_is_asked_for(cast):
    answer = browser(cast.home.counsellor).post(at("ask_export", cast.home), {"kind": "register_open", "purpose": ""})
    assert answer.status_code == 422


def test_before_the_yes_the_file_is_not_there_and_strangers_find_nothing(cast):
    export = _asked(cast)
    place, home = {"export_id": export.id}, cast.home
    refused = browser(home.counsellor).get(at("take_export", home, kind="pdf", **place), follow=True)
    assert "还没有同意" in words(refused)
    for account in (home.homeroom_teacher, home.school_admin, cast.district_lead, cast.city_officer):
        assert browser(account).get(at("export", home, **place)).status_code == 404
    assert browser(cast.other.principal).get(at("export", cast.other, **place)).status_code == 404
    assert browser(home.principal).get(at("take_export", home, kind="pdf", **place)).status_code == 404
