"""One word per idea: the code's classes use the glossary's words, and none of the words it rules out."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
DOMAINS = (
    "organisations",
    "people",
    "notifications",
    "instruments",
    "archives",
    "consent",
    "screening",
    "concerns",
    "alerts",
    "cases",
    "early_warning",
    "insight",
)
# Words that would name one of our ideas a second time. Matched as whole parts of CamelCase and snake_case names.
RULED_OUT = {
    "survey",
    "questionnaire",
    "subscale",
    "dimension",
    "incident",
    "dossier",
    "tenant",
    "voucher",
    "membership",
    "clearance",
    "semester",
    "therapist",
    "helpline",
    "kid",
}


def _rows() -> list[list[str]]:
    lines = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| ") and "`" in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def _names() -> dict[str, set[str]]:
    """Every class, function and constant of the domains and the ground floor -> files."""
    names: dict[str, set[str]] = {}
    for path in [path for part in (*DOMAINS, "foundation") for path in (ROOT / "qingyan" / part).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found = [node.name] if isinstance(node, ast.ClassDef | ast.FunctionDef) else []
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found = [node.id]
            for name in found:
                names.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    return names


def _parts(name: str) -> set[str]:
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_every_word_of_the_glossary_stands_in_the_code():
    names = set(_names()) | set(DOMAINS)
    said = {row[2].strip("`") for row in _rows()}
    assert len(said) >= 30
    assert said - names == set()


def test_no_idea_has_two_names():
    guilty = {name: files for name, files in _names().items() if _parts(name) & RULED_OUT}
    assert guilty == {}


def test_ruled_out_words_are_named_in_the_glossary():
    never = " ".join(row[4] for row in _rows())
    assert [word for word in RULED_OUT if word not in never] == []


def test_each_idea_has_one_chinese_and_one_english_word():
    for column in (0, 1, 2):
        words = [row[column] for row in _rows()]
        assert len(words) == len(set(words))


def test_the_control_a_second_name_is_noticed():
    assert _parts("OldSurveyAnswers") & RULED_OUT == {"survey"}
    assert _parts("kidney") & RULED_OUT == set()
