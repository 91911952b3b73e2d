"""Every problem that the code can raise has a sentence, every sentence a problem, and all of them can be filled in."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from qingyan.people.queries.roster_words import refusal, sentence
from qingyan.people.roster import words
from qingyan.people.roster.outcome import Problem
from qingyan.people.roster.words import FIELD_TITLES, REFUSALS, ROW_PROBLEMS

PEOPLE = Path(words.__file__).parents[1]
FILES = (*PEOPLE.glob("roster/**/*.py"), *PEOPLE.glob("actions/roster*.py"))
CALLS = {"Refused", "Wrong", "note"}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
VALUES = {"fields": "name,class"} | {
    name: "1"
    for text in (*(part for both in REFUSALS.values() for part in both), *ROW_PROBLEMS.values())
    for name in PLACEHOLDER.findall(text)
    if name not in ("field", "fields")
}


def raised() -> set[str]:
    """The codes in calls of Refused("…"), Wrong("…"), note("…"), Problem(code="…") anywhere in the package."""
    found: set[str] = set()
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                found |= {code for code in _codes(node) if re.fullmatch(r"[a-z_]+", code)}
    return found


def _codes(call: ast.Call) -> set[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    given = call.args[:1] if name in CALLS else []
    given = [*given, *(word.value for word in call.keywords if name == "Problem" and word.arg == "code")]
    return {
        node.value
        for one in given
        for node in ast.walk(one)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    live = {"external_links", "macros", "embedded"}  # named in a table, not in a call
    noise = {"not checked", "nothing to import"}
    assert raised() - noise | live == set(REFUSALS) | set(ROW_PROBLEMS)


def test_every_call_gives_what_its_sentence_needs():
    """A sentence with a gap that nobody fills would break the page instead of explaining the file."""
    checked = set()
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in CALLS and not any(word.arg is None for word in node.keywords):
                for code in _codes(node) & {*REFUSALS, *ROW_PROBLEMS}:
                    text = "".join(REFUSALS.get(code, ())) + ROW_PROBLEMS.get(code, "")
                    missing = set(PLACEHOLDER.findall(text)) - {word.arg for word in node.keywords} - {"field"}
                    assert not missing, (file.name, node.lineno, code, missing)
                    checked.add(code)
    assert len(checked) > 40


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_says_what_happened_that_nothing_changed_and_what_to_do(code):
    said = refusal(Problem(code=code, field="id_number", params=VALUES))
    assert said.happened.endswith("。")
    assert said.next_step.startswith(("请", "如"))
    assert "没有任何改动" in said.unchanged
    assert "%(" not in str(said)


@pytest.mark.parametrize("code", ROW_PROBLEMS)
def test_a_row_s_sentence_is_whole_and_names_its_field(code):
    said = sentence(Problem(code=code, line=3, field="id_number", params={**VALUES, "says": "M"}))
    assert said.endswith("。")
    assert "%(" not in said


@pytest.mark.parametrize("code", [*REFUSALS, *ROW_PROBLEMS])
def test_no_sentence_blames_or_uses_a_programmer_s_word(code):
    text = "".join(REFUSALS.get(code, ())) + ROW_PROBLEMS.get(code, "")
    assert not re.search(r"非法|您错|null|None|exception|regex|utf8", text)


def test_field_titles_are_those_of_the_register():
    with translation.override("zh-hans"):
        assert "“身份证件号”" in sentence(Problem(code="id_checksum", field="id_number"))
    assert set(FIELD_TITLES) > {"student_number", "name", "sex", "grade", "class"}
