"""A member of the cast walks through the pages that are theirs, in a browser, and notes what is wrong. Not a test."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from qingyan.people.api import PUPIL_COOKIE
from tests.factories.rights import MAY, PUPIL, may
from tests.factories.world import World, guarded, path_of, routes

NARROW, WIDE = 360, 1440
LONG_LOOK = (("light", (NARROW, WIDE)), ("dark", (WIDE, NARROW)))
SHORT_LOOK = (("dark", (NARROW,)),)
SENT_ON = {"/start/"}  # answers only by sending on
# Addresses that give a part of a page or a file; they are no pages by themselves.
NO_PAGES = {
    "pulse",
    "seat_board",
    "roster_progress",
    "answering_progress",
    "learning_progress",
    "healthz",
    "readyz",
    "version",
}

# A character is readable when a packaged face that holds it is loaded. Pupils' machines bring their own Chinese font
# where they have one; there the glyph is compared with that of a character that no font has.
UNREADABLE = """async () => {
  await document.fonts.ready;
  const asked = /\\p{Script=Han}|[，。、；：“”（）《》？！—…·]/u;
  const text = [...new Set(document.body.innerText)].filter((one) => asked.test(one));
  const ends = (part) => part.trim().slice(2).split("-").map((hex) => parseInt(hex, 16));
  const loaded = [...document.fonts].filter((face) => face.status === "loaded");
  const ranges = loaded.flatMap((face) => face.unicodeRange.split(",").map(ends));
  const held = (point) => ranges.some(([from, to]) => from <= point && point <= (to ?? from));
  const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 40});
  const brush = canvas.getContext("2d", {willReadFrequently: true});
  brush.font = `24px ${getComputedStyle(document.body).fontFamily}`;
  brush.textBaseline = "top";
  const drawn = (one) => {
    brush.clearRect(0, 0, 40, 40);
    brush.fillText(one, 0, 0);
    return brush.getImageData(0, 0, 40, 40).data.join();
  };
  const box = drawn("\\u{3FFFD}");
  return text.filter((one) => (ranges.length && !held(one.codePointAt(0))) || drawn(one) === box).join("");
}"""
FOCUS_SHOWN = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return {
    name: (one.innerText || one.getAttribute("aria-label") || one.name || one.tagName).trim().slice(0, 30),
    skip: one.matches("a.skip"),
    inside: !!one.closest("main"),
    shown: (ring || style.boxShadow !== "none") && one.getBoundingClientRect().width > 0,
    body: one === document.body,
  };
}"""
MOST_STOPS = 60
PAGES: dict[tuple[str, str], bool] = {}  # by member of the cast and route
STAFF = sorted(set().union(*MAY.values()) - {PUPIL, "stranger", "far_stranger"})


@dataclass
class Walk:
    """One member of the cast in one browser session, and what was found wrong on the way."""

    name: str
    page: Page
    axe: object
    found: list[str]
    seen: set[str]
    tabbed: bool = False

    def look(self, path: str, status: int = 200) -> None:
        """Open a page and look at it in each look; at one that another role showed already, in the narrowest only."""
        for theme, widths in SHORT_LOOK if path in self.seen else LONG_LOOK:
            self.page.emulate_media(color_scheme=theme)
            answer = self.page.goto(path)  # each theme from its own load: colours that still change are no fault
            if answer.status != status:
                self.found.append(f"{self.name} {path}: {answer.status}")
                return
            self._look_in(theme, widths)
        if boxes := self.page.evaluate(UNREADABLE):
            self.found.append(f"{self.name} {path}: boxes instead of {boxes}")
        self.seen.add(path)

    def _look_in(self, theme: str, widths: tuple[int, ...]) -> None:
        at = urlsplit(self.page.url).path
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            where = f"{self.name} {at} {theme} {width}"
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.found.append(f"{where}: {wide} px wide")
            if (theme, width) != ("dark", WIDE):  # neither its shapes nor its colours are new
                self.found += [f"{where}: {fault}" for fault in self.axe(self.page)]

    def keys(self, path: str) -> None:
        """Tab: first the way past the navigation, which leads into the page; one always sees where one is.

        The lines of the navigation are the same on every page, so they are tabbed through on a person's first one.
        """
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": WIDE, "height": 800})
        self.page.goto(path)
        self.page.evaluate("document.activeElement.blur()")
        first = self._tab()
        if not first["skip"] and not first["inside"]:
            self.found.append(f"{self.name} {path}: Tab begins at {first['name']}")
        stops = [first, *(self._past(path) if self.tabbed and first["skip"] else self._through(first))]
        self.tabbed = True
        self.found += [
            f"{self.name} {path}: the focus cannot be seen on {stop['name']}" for stop in stops if not stop["shown"]
        ]

    def _through(self, first: dict) -> list[dict]:
        """From the first stop line by line into the page, or to its end where it holds nothing to press."""
        stops = [first]
        while not stops[-1]["inside"] and not stops[-1]["body"] and len(stops) < MOST_STOPS:
            stops.append(self._tab())
        return [one for one in stops[1:] if not one["body"]]

    def _past(self, path: str) -> list[dict]:
        """By the way past the navigation, to the first thing in the page."""
        self.page.keyboard.press("Enter")
        if not self.page.evaluate(FOCUS_SHOWN)["inside"]:
            self.found.append(f"{self.name} {path}: the way past the navigation does not lead into the page")
        stop = self._tab()
        return [] if stop["body"] else [stop]

    def _tab(self) -> dict:
        self.page.keyboard.press("Tab")
        return self.page.evaluate(FOCUS_SHOWN)


def sign_in(context: BrowserContext, world: World, name: str, site: str) -> None:
    """Give the browser the session that the world's client holds already."""
    for cookie in (settings.SESSION_COOKIE_NAME, PUPIL_COOKIE):
        if cookie in world.clients[name].cookies:
            context.add_cookies([{"name": cookie, "value": world.clients[name].cookies[cookie].value, "url": site}])


def pages_for(world: World, name: str) -> list[str]:
    """Every page that this member of the cast may open, with the objects of the home school."""
    asked = [
        route
        for route, pattern in guarded()
        if may(pattern, name) and pattern.name not in NO_PAGES and "<int:job_id>" not in route
    ]
    return [path for path in _pages(world, name, asked) if path not in SENT_ON]


def public_pages(world: World) -> list[str]:
    """Pages for whoever comes by."""
    asked = [
        route
        for route, pattern in routes()
        if getattr(pattern.callback, "public_reason", None) and pattern.name not in NO_PAGES
    ]
    return [*_pages(world, "anonymous", asked), "/accounts/login/"]


def _pages(world: World, name: str, asked: list[str]) -> list[str]:
    values = world.values(world.cast.home)
    paths = [(route, path_of(route, values)) for route in asked]
    return [path for route, path in paths if _is_page(world, name, route, path)]


def _is_page(world: World, name: str, route: str, path: str) -> bool:
    """Whether it answers with a page: no file to keep, no address that is only posted to, nothing that sends on.

    Asked once in a run: every world is made alike.
    """
    if (name, route) not in PAGES:
        answer = world.clients[name].get(path)
        PAGES[name, route] = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return PAGES[name, route]
