"""The stage of the long story: a clock that is moved, and people with browsers who look carefully at each new page.

A person walks by what stands on the page: links and buttons by their words. Who is not concerned is asked by address
and must get 404. Not a test.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from qingyan.people.models import Account
from tests.factories.city import Cast

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
PHONE, DESK = 360, 1280
MOMENT = "%Y-%m-%dT%H:%M"


class Clock:
    """What the whole application takes for now; it runs, and it is moved."""

    def __init__(self, start: datetime) -> None:
        self.start, self.began, self.moved = start, time.monotonic(), timedelta()

    def __call__(self) -> datetime:
        return self.start + self.moved + timedelta(seconds=time.monotonic() - self.began)

    def move(self, **span: float) -> None:
        """So many minutes, hours or days later."""
        self.moved += timedelta(**span)


@dataclass
class Stage:
    """The city, the clock, what was found wrong on the pages, and which pages were looked at already."""

    cast: Cast
    clock: Clock
    site: str
    axe: Callable[[Page], list[str]]
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def look(self, page: Page) -> None:
        """axe at the width at hand, and nothing cut off on a phone; each kind of page once."""
        at = urlsplit(page.url).path
        kind = "/".join(part for part in at.split("/") if len(part) < 30)
        if kind in self.seen:
            return
        self.seen.add(kind)
        self.faults += self.axe(page)
        size = page.viewport_size
        page.set_viewport_size({"width": PHONE, "height": 800})
        if page.evaluate(TOO_WIDE):
            self.faults.append(f"{at} is too wide for a phone")
        if folder := os.environ.get("QINGYAN_PICTURES"):
            name = f"story-{len(self.seen):02}{kind.replace('/', '-')}.png"
            page.screenshot(path=Path(folder) / name, full_page=True)
        page.set_viewport_size(size)


@dataclass
class Person:
    """Somebody with a browser; `account` is None for those who sign in nowhere."""

    stage: Stage
    page: Page
    account: Account | None = None
    arrived: timedelta | None = None

    @property
    def main(self) -> Locator:
        """What stands on the page, without navigation."""
        return self.page.locator("main")

    @property
    def path(self) -> str:
        """Where the person is."""
        return urlsplit(self.page.url).path

    def arrive(self) -> None:
        """Sign in, and once more when the clock was moved since: a session lasts a working day."""
        if self.account is None or self.arrived == self.stage.clock.moved:
            return
        self.page.goto("about:blank")  # what an open page asks by the old session would end the new one
        client = Client()
        client.force_login(self.account, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        given = {"name": name, "value": client.cookies[name].value, "url": self.stage.site}
        self.page.context.add_cookies([given])
        self.arrived = self.stage.clock.moved

    def at(self, path: str) -> "Person":
        """Open an address; it must be there."""
        self.arrive()
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.stage.look(self.page)
        return self

    def follow(self, words: str) -> "Person":
        """Click the link of the page with exactly these words, else the first with these words in it."""
        exactly = self.main.get_by_role("link", name=words, exact=True)
        return self._click(exactly if exactly.count() else self.main.get_by_role("link", name=words))

    def press(self, words: str) -> "Person":
        """Press the first button of the page with these words."""
        return self._click(self.main.get_by_role("button", name=words))

    def refused(self, words: str) -> "Person":
        """Press a button whose form comes back with what is wrong."""
        return self._click(self.main.get_by_role("button", name=words), well=False)

    def _click(self, what: Locator, *, well: bool = True) -> "Person":
        with self.page.expect_navigation():
            what.first.click()
        wrong = self.main.locator(".field-error, .note-box.tone-red[data-focus]").all_inner_texts()
        assert not (well and wrong), f"{self.path}: {wrong}"
        self.stage.look(self.page)
        return self

    def fill(self, **given: str | list[str] | datetime | bool) -> "Person":
        """Fill in fields by their names; `__` in a name stands for a hyphen. A list ticks each of its values."""
        for name, value in given.items():
            self._fill(name.replace("__", "-"), value)
        return self

    def _fill(self, name: str, value: str | list[str] | datetime | bool) -> None:
        box = self.main.locator(f'[name="{name}"]')
        match box.first.evaluate("one => one.type || one.tagName"):
            case "checkbox" | "radio" if value is True:
                box.first.check()
            case "checkbox" | "radio":
                for one in value if isinstance(value, list) else [value]:
                    self.main.locator(f'[name="{name}"][value="{one}"]').check()
            case "select-one":
                box.first.select_option(value)
            case _:
                box.first.fill(value.strftime(MOMENT) if isinstance(value, datetime) else str(value))

    def reads(self, *words: str) -> "Person":
        """These words stand on the page."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)
        return self

    def misses(self, *words: str) -> "Person":
        """These words stand nowhere on the page, nor in what is behind it."""
        found = [one for one in words if one in self.page.content()]
        assert not found, f"{self.path} shows {found}"
        return self

    def offers_no(self, words: str) -> "Person":
        """No link and no button of the page has these words."""
        found = [self.main.get_by_role(role, name=words).count() for role in ("link", "button")]
        assert found == [0, 0], f"{self.path} offers {words}"
        return self

    def turned_away(self, *paths: str) -> "Person":
        """For this person there are no such pages."""
        self.arrive()
        answers = {path: self.page.context.request.get(path, max_redirects=0).status for path in paths}
        assert set(answers.values()) == {404}, answers
        return self
