"""A real server on loopback and a real Chromium. Skips with one clear line when the browser or the build is absent."""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page

from qingyan.config.doors import chosen_by_path
from tests.factories.world import World
from tests.journeys.walking import Walk, sign_in

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "qingyan" / "ui" / "static" / "dist" / "manifest.json"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Only what is wrong is told: naming every element that passes took two thirds of the time.
AXE_RUN = """axe.run(document, {
  preload: false,
  selectors: false,
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
})"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args) -> None:
        """Addresses would only drown the test's output."""


@pytest.fixture
def browser(chromium) -> Browser:
    """Chromium, where the front end has been built."""
    if not BUILT.exists():
        pytest.skip("the front end is not built (make build): the browser stories were not tried")
    return chromium


@pytest.fixture
def site(committed_cast) -> Iterator[str]:
    """The address of a server that runs the whole application on the test database."""
    connections["default"].close()  # opened before the pool, which the import below switches on
    application = chosen_by_path(get_wsgi_application())  # not config.wsgi, which gives its process a pool
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=5)
    server.server_close()


@pytest.fixture
def new_page(browser, site):
    """`new_page(width=390, dark=True)` opens a page of its own session; every error in its console fails the test."""
    contexts, problems = [], []

    def open_page(width: int = 1440, height: int = 900, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on("console", lambda said: problems.append(f"{page.url}: {said.text}") if _is_ours(said) else None)
        contexts.append(context)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _is_ours(message) -> bool:
    """Errors and policy violations; not the browser's own line about a 404 that a test asked for."""
    return message.type == "error" and "status of 4" not in message.text and "ERR_INTERNET" not in message.text


@pytest.fixture
def axe():
    """`axe(page)` gives the violations that axe-core finds on the page as it stands."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (make build): accessibility was not checked")
    source = AXE.read_text()

    def check(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate(AXE_RUN)
        return [
            f"{page.url} {violation['id']}: {node['html'][:140]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return check


@pytest.fixture
def world(committed_cast) -> World:
    return World(committed_cast)


@pytest.fixture
def walk(world, new_page, axe, site):
    """`walk("counsellor")` is that person with a browser; all walks of a test share what was seen and found."""
    found, seen = [], set()

    def begin(name: str) -> Walk:
        page = new_page()
        sign_in(page.context, world, name, site)
        return Walk(name, page, axe, found, seen)

    yield begin
    assert found == []
