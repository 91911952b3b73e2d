"""A browser whose every request is answered from memory: rendered pages, the built files, and what a test decides."""

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, Route

STATIC = Path(__file__).resolve().parents[2] / "qingyan" / "ui" / "static"
HOME = "http://localhost"
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-probe'; style-src 'self' 'nonce-probe'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
HOTLINES = [
    {"name": "青少年服务台", "number": "12355", "hours": "24 小时"},
    {"name": "全国心理援助热线", "number": "12356", "hours": "24 小时"},
]
Answer = Callable[[Route], None]


@pytest.fixture
def house(chromium: Browser) -> Iterator[SimpleNamespace]:
    """`house.page` with `house.pages` (path -> HTML) and `house.answers` (path -> what the server does)."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    built = SimpleNamespace(page=page, context=context, pages={}, answers={}, complaints=[], home=HOME)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOME).split("?")[0]
        if path in built.answers:
            built.answers[path](route)
        elif path in built.pages:
            headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
            route.fulfill(body=built.pages[path], content_type="text/html; charset=utf-8", headers=headers)
        elif path.startswith("/static/") and (STATIC / path.removeprefix("/static/")).is_file():
            kind = mimetypes.guess_type(path)[0] or "font/woff2"
            route.fulfill(body=(STATIC / path.removeprefix("/static/")).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)

    context.route("**/*", answer)
    page.on("console", lambda message: built.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: built.complaints.append(str(error)))
    yield built
    context.close()


def wait_until(page: Page, true: Callable[[], bool], *, seconds: float = 5) -> None:
    """Let the page go on until something has become true; fails after `seconds`."""
    for _ in range(int(seconds * 50)):
        if true():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it never became true")
