"""PDF and Word of the same data: the same words in both, nothing read as a template, the mark on every page."""

import pytest

from qingyan.papers.queries.as_pdf import as_pdf
from qingyan.papers.queries.as_word import as_word
from qingyan.papers.rules.data import Mark
from qingyan.papers.rules.dictionaries import invented
from qingyan.papers.rules.forms import FORMS, MEETING, REGISTER, form
from tests.papers.reading import flat, pages, word_body, word_headers

MARK = Mark("林若溪", "2026-11-27 10:00", "督导检查")
# What a pupil could be called: template, markup, formula, a field of Word.
NASTY = ["{{7*7}}", "{%fori%}", "<w:t>&amp;</w:t>", "#eval(1)", "$x$*_@`", "=1+1", "{#x#}", "{_{pupil}_}"]


def _values(data):
    for value in data.values():
        yield from [value] if isinstance(value, str) else [text for row in value for text in row.values()]


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.code)
def test_the_same_data_stands_in_the_pdf_and_in_the_word_file(one):
    data = invented(one)
    printed, written = flat(as_pdf(one, data, MARK)), word_body(as_word(one, data, MARK))
    for value in _values(data):
        assert value in written
        assert value.removeprefix("【示例】") in printed
    assert one.title in printed
    assert one.title in written


@pytest.mark.parametrize("name", NASTY[:-1])
def test_what_a_person_typed_stays_text(name):
    minutes = form(MEETING)
    data = invented(minutes) | {"pupil": name}
    assert name in flat(as_pdf(minutes, data, MARK))
    assert name in word_body(as_word(minutes, data, MARK))


def test_no_value_brings_another_value_to_a_place_of_its_own():
    minutes = form(MEETING)
    data = invented(minutes) | {"pupil": NASTY[-1], "brief": "机密摘要"}
    assert word_body(as_word(minutes, data, MARK)).count("机密摘要") == 1


def test_the_mark_stands_on_every_page_of_a_long_list():
    register = form(REGISTER)
    row = dict.fromkeys(register.lists()["cases"], "甲")
    data = invented(register) | {"cases": [row] * 120}
    found = pages(as_pdf(register, data, MARK))
    assert len(found) > 2
    for page in found:
        assert page.replace("\n", "").count(MARK.viewer) >= 1
        assert MARK.at in page
    assert all(MARK.words in head for head in word_headers(as_word(register, data, MARK)))
