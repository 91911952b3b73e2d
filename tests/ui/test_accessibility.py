"""axe-core finds nothing on the gallery, the sign-in, the door's frame and the answering page, in both themes."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from qingyan.foundation.access.actor import ANONYMOUS
from qingyan.ui.gallery import components, example_context
from tests.ui.conftest import HOTLINES
from tests.ui.test_answering_page import Server

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class SignIn(forms.Form):
    login = forms.CharField(label="用户名")
    password = forms.CharField(label="密码", widget=forms.PasswordInput)


def _request():
    request = RequestFactory().get("/")
    request.csp_nonce, request.actor, request.school = "probe", ANONYMOUS, None
    request.user = SimpleNamespace(is_authenticated=False)
    return request


def _gallery(house) -> str:
    return render_to_string("ui/gallery.html", {"components": components(), **example_context()}, _request())


def _sign_in(house) -> str:
    return render_to_string("account/login.html", {"form": SignIn({"login": ""})}, _request())


def _answering(house) -> str:
    Server(house)
    return house.pages["/a/"]


def _public(house) -> str:
    return render_to_string("layout/public.html", {"hotlines": HOTLINES}, _request())


def _error(house) -> str:
    return render_to_string("404.html")


PAGES = {"gallery": _gallery, "sign-in": _sign_in, "answering": _answering, "error": _error}


def _faults(house, html: str, theme: str, width: int) -> list[str]:
    page = house.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    house.pages["/page/"] = html
    page.goto(house.home + "/page/")
    page.wait_for_load_state("networkidle")
    assert house.complaints == []  # asked before axe, which itself tries an inline style
    page.evaluate(AXE.read_text())
    found = page.evaluate("(rules) => axe.run(document, rules)", RULES)
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(house, name, theme, width):
    assert _faults(house, PAGES[name](house), theme, width) == []
    assert house.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_would_find_a_fault(house):
    html = "<!doctype html><html lang='zh'><title>x</title><main><h1>x</h1><img src='data:,'><p>x</p></main>"
    assert any("image-alt" in fault for fault in _faults(house, html, "light", 390))


def test_buttons_show_chinese_and_not_boxes(house):
    """Form controls do not inherit the font by themselves; without it their Chinese is drawn as boxes."""
    house.pages["/page/"] = _sign_in(house)
    house.page.goto(house.home + "/page/")
    families = house.page.evaluate(
        "[...document.querySelectorAll('button,input')].map((e) => getComputedStyle(e).fontFamily)"
    )
    assert families
    assert all("Noto Sans SC" in family for family in families)
    house.page.evaluate("document.fonts.ready.then(() => true)")
    assert house.page.evaluate("document.fonts.check('600 15px \"Noto Sans SC Variable\"', '登录')")


def test_the_theme_switch_is_remembered(house):
    house.pages["/page/"] = _sign_in(house)
    house.page.goto(house.home + "/page/")
    assert house.page.get_attribute("html", "data-theme") == "light"
    house.page.click("[data-theme-toggle]")
    house.page.reload()
    assert house.page.get_attribute("html", "data-theme") == "dark"
