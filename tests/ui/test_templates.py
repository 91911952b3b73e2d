"""Every template obeys the strict Content-Security-Policy; error pages stand alone and help."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "qingyan").rglob("templates/**/*.html"))
UNNAMED = re.compile(r"<td(?![^>]*\b(?:data-label=|colspan=|class=\"cell-act))[^>]*>")
ERRORS = ("400", "403", "403_csrf", "404", "429", "500")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_what_the_policy_forbids(path):
    text = path.read_text()
    assert re.findall(r"<[^>]*\son[a-z]+\s*=", text) == []
    assert re.findall(r"<[^>]*\sstyle\s*=", text) == []
    assert re.findall(r"(?:hx-on|hx-vals=.js:|javascript:)", text) == []
    assert [
        tag
        for tag in re.findall(r"<(?:script|style)[^>]*>", text)
        if "nonce=" not in tag and "application/json" not in tag
    ] == []


def test_each_cell_says_what_it_is_on_a_phone_where_the_head_of_the_table_is_hidden():
    assert UNNAMED.findall('<td><td class="cell-num"><td data-label="x"><td class="cell-act">') == [
        "<td>",
        '<td class="cell-num">',
    ]
    assert {path.name: found for path in TEMPLATES if (found := UNNAMED.findall(path.read_text()))} == {}


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_need_no_request_and_say_what_to_do(name):
    html = render_to_string(f"{name}.html")
    parts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)
    assert [term for term, _ in parts] == ["发生了什么", "哪些是安全的", "接下来怎么做"]
    assert all(len(words) >= 8 for _, words in parts)
    assert "<script" not in html
    assert "12355" in html
