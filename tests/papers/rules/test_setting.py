"""How a paper is laid out."""

import pytest

from qingyan.papers.rules.data import Mark
from qingyan.papers.rules.dictionaries import invented
from qingyan.papers.rules.forms import FORMS, MEETING, form
from qingyan.papers.rules.setting import NOTHING, layout

MARK = Mark("林若溪", "2026-11-27 10:00", "督导检查")


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.code)
def test_every_value_of_the_data_stands_on_the_paper(one):
    data, drawn = invented(one), str(layout(one, invented(one), MARK))
    for value in data.values():
        for text in [value] if isinstance(value, str) else [text for row in value for text in row.values()]:
            assert text in drawn


def test_the_mark_says_who_when_and_for_what():
    assert layout(form(MEETING), invented(form(MEETING)), MARK)["mark"] == "林若溪 · 2026-11-27 10:00 · 督导检查"


def test_a_list_without_rows_says_so():
    drawn = layout(form(MEETING), invented(form(MEETING)) | {"seats": []}, MARK)
    cells = next(block["cells"] for block in drawn["blocks"] if block["kind"] == "rows")
    assert cells == [NOTHING, "", "", ""]
