"""The components: all in the gallery, all used by their right names, none leaking or letting markup through."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from qingyan.ui.gallery import COMPONENTS, components, example_context

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "qingyan").rglob("templates/**/*.html"))
NAMES = [component.name for component in components()]
VARIABLES = re.compile(r"<c-vars\s([^>]*)/>")
TAG = re.compile(r"<c-([a-z-]+)((?:\s+[^\s/>\"'=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*/?>")
OWN = ("slot", "attrs", "forloop")


def _declared(name: str) -> set[str]:
    found = VARIABLES.search((COMPONENTS / name / "index.html").read_text())
    return set(re.findall(r"([\w-]+)=", found[1])) if found else set()


def _render(text: str, **context) -> str:
    return engines["django"].from_string(CottonCompiler().process(text)).render(context, RequestFactory().get("/"))


@pytest.mark.parametrize("name", NAMES)
def test_every_component_has_an_example_that_shows_something(name):
    html = render_to_string(f"ui/{name}/example.html", example_context(), RequestFactory().get("/"))
    assert re.sub(r"\s", "", html)
    assert "<c-" not in html


@pytest.mark.parametrize("name", NAMES)
def test_every_component_gives_each_of_its_variables_a_value_of_its_own(name):
    """Cotton shows a component its page's variables too; a default keeps a page's `title` out of a nested part."""
    source = (COMPONENTS / name / "index.html").read_text()
    body = re.sub(r"{% blocktrans.*?{% endblocktrans %}", "", VARIABLES.sub("", source), flags=re.DOTALL)
    loops = set(re.findall(r"{% for ([\w, ]+) in", body))
    local = {word.strip() for loop in loops for word in loop.split(",")}
    used = set(re.findall(r"(?:{{ |{% if (?:not )?| in )([a-z_]+)", body))
    unknown = used - {word.replace("-", "_") for word in _declared(name)} - local - set(OWN)
    assert unknown == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_use_only_components_and_icons_that_exist(path):
    text = path.read_text()
    used = {name for name, _ in TAG.findall(text)} - {"vars", "slot", "component"}
    assert used - set(NAMES) == set()
    icons = set(re.findall(r"icon(?: name)?=\"([a-z]+)\"", text))
    assert {icon for icon in icons if not (COMPONENTS / "icon" / f"{icon}.svg").exists()} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_values_reach_attributes_only_escaped(path):
    """Cotton prints `:attribute="value"` unescaped, so this form is for declared variables only."""
    passed = [
        (name, key)
        for name, attributes in TAG.findall(path.read_text())
        for key in re.findall(r"\s:([\w-]+)=", attributes)
    ]
    assert [(name, key) for name, key in passed if key not in _declared(name)] == []


def test_markup_in_a_name_stays_text():
    html = _render('<c-queue-item title="{{ name }}" due="{{ name }}" data-name="{{ name }}" />', name='<b>"x"</b>')
    assert "<b>&quot;" not in html
    assert html.count("&lt;b&gt;") == 3


def test_a_nested_part_does_not_inherit_the_words_of_its_page():
    assert "别处的标题" not in _render(
        "<c-card>文</c-card>", title="别处的标题", footer="别处的标题", actions="别处的标题"
    )


def test_a_level_always_carries_its_word():
    for value, word in (
        ("red", "红"),
        ("orange", "橙"),
        ("yellow", "黄"),
        ("blue", "蓝"),
        ("green", "绿"),
        ("", "未定级"),
    ):
        assert word in _render(f'<c-level value="{value}" />')


def test_a_wrong_field_says_so_to_eye_and_ear():
    html = _render('<c-field :field="form.title" />', form=example_context()["example_form"])
    assert 'aria-invalid="true"' in html
    assert "id_title_error" in re.search(r'aria-describedby="([^"]+)"', html)[1]
    assert 'id="id_title_error"' in html
    assert 'id="id_title_helptext"' in html
