"""Where higher domains tell the foundation how to find a school by its address and an actor by a request.

The foundation knows no domain; people and organisations register themselves here when they start.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from qingyan.foundation.access.actor import ANONYMOUS, Actor

SchoolFinder = Callable[[str], Any]
ActorFinder = Callable[[HttpRequest], Actor]

_finders: dict[str, Callable[..., Any]] = {}


def register_school_finder(finder: SchoolFinder) -> None:
    """`finder(slug)` gives the school (with .id) or None."""
    _finders["school"] = finder


def register_actor_finder(finder: ActorFinder) -> None:
    """`finder(request)` gives the actor; request.school is set already, a transaction is open, no scope is entered."""
    _finders["actor"] = finder


def school_by_slug(slug: str) -> Any:
    """The school of a sub-site, or None."""
    finder = _finders.get("school")
    return finder(slug) if finder else None


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking; anonymous when nobody registered a finder."""
    finder = _finders.get("actor")
    return finder(request) if finder else ANONYMOUS
