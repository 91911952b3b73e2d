"""Where a thing can go on: a higher domain registers its page, and the thing's own page offers it.

So an alert or a file leads to a case without knowing what a case is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import Permission, allowed


@dataclass(frozen=True)
class WayOn:
    """A page about one thing: its address takes the school's slug and the thing's id; `label` is to translate."""

    label: str
    view: str
    permission: Permission


@dataclass(frozen=True)
class WentOn:
    """Where a thing has gone on: words to translate, and the address."""

    label: str
    url: str


Finder = Callable[[Actor, UUID, str], WentOn | None]
_found: dict[str, Finder] = {}
_ways: dict[str, list[WayOn]] = {}


def register_way_on(thing: str, way: WayOn) -> None:
    """Offer this page on the page of the thing; the same one twice counts once."""
    if way not in _ways.setdefault(thing, []):
        _ways[thing].append(way)


def ways_on(thing: str, actor: Actor) -> list[WayOn]:
    """The pages that this actor may open from there."""
    return [way for way in _ways.get(thing, ()) if allowed(actor, way.permission)]


def register_went_on(thing: str, finder: Finder) -> None:
    """Who knows where such a thing has gone on: asked with the actor, the thing's id and the school's slug."""
    _found[thing] = finder


def went_on(thing: str, actor: Actor, thing_id: UUID, slug: str) -> WentOn | None:
    """Where this thing has gone on, as far as the actor may know; None when nowhere."""
    return _found[thing](actor, thing_id, slug) if thing in _found else None
