"""The pictures of sign-in slips for a page."""

from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString, mark_safe

from qingyan.people.queries.slip_pdf import drawing
from qingyan.people.rules.pictures import PICTURES


@dataclass(frozen=True)
class Drawn:
    """One picture: its code, its Chinese name, and the drawing for a page."""

    code: str
    name: str
    svg: SafeString


@cache
def drawn_pictures() -> tuple[Drawn, ...]:
    """All pictures in their fixed order; the same page for everybody, so it tells nothing about the right one."""
    return tuple(
        Drawn(code, name, mark_safe(drawing(code).replace("<svg ", '<svg aria-hidden="true" ')))  # noqa: S308 - ours
        for code, name in PICTURES.items()
    )
