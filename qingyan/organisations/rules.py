"""Plain rules about places and dates: stage of schooling, colours that can be read, years and terms. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

LEAST_CONTRAST = 4.5  # WCAG 2.2 AA for text of ordinary size
LONGEST_YEAR_DAYS = 400
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_SLUG = 40


def stage_of(grade: int, kind: str) -> str:
    """Code of the stage of schooling. Grade 0 is kindergarten, 1-6 primary, 7-9 junior, 10-12 by the kind of school.

    Raises ValueError outside 0-12.
    """
    if not 0 <= grade <= 12:
        raise ValueError(f"there is no grade {grade}")
    if grade == 0 or kind == "kindergarten":
        return "kindergarten"
    if grade <= 6:
        return "primary"
    if grade <= 9:
        return "junior"
    return "vocational" if kind == "vocational" else "senior"


def luminance(colour: str) -> float:
    """Relative luminance (0 black to 1 white) of "#rrggbb", as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_under_white(colour: str) -> bool:
    """Whether white words on this colour, and this colour on white, can be read by everybody."""
    return contrast(colour, "#ffffff") >= LEAST_CONTRAST


def is_slug(text: str) -> bool:
    """Whether this can stand in an address: 2 to 40 small letters, digits, single dashes between; a letter first."""
    return 2 <= len(text) <= LONGEST_SLUG and SLUG.fullmatch(text) is not None


def year_name(starts_on: date) -> str:
    """The name of the school year that begins then, e.g. "2026—2027"."""
    return f"{starts_on.year}—{starts_on.year + 1}"


@dataclass(frozen=True)
class Fault:
    """What is wrong: a code that actions.py puts into words, and the values in those words."""

    code: str
    values: dict[str, str] = field(default_factory=dict)


def year_faults(starts_on: date, ends_on: date, others: Sequence[tuple[str, date, date]]) -> list[Fault]:
    """What is wrong with a new school year; `others` are (name, start, end) of the years that exist."""
    if ends_on <= starts_on:
        return [Fault("ends_before_it_starts")]
    if (ends_on - starts_on).days > LONGEST_YEAR_DAYS:
        return [Fault("year_too_long")]
    if any(name == year_name(starts_on) for name, _, _ in others):
        return [Fault("year_exists", {"name": year_name(starts_on)})]
    met = [name for name, start, end in others if starts_on <= end and start <= ends_on]
    return [Fault("year_overlaps", {"name": name}) for name in met]


def term_faults(span: tuple[date, date], year: tuple[date, date], others: Sequence[tuple[date, date]]) -> list[Fault]:
    """What is wrong with a new term: it lies inside its year and overlaps no other term of it."""
    starts_on, ends_on = span
    if ends_on <= starts_on:
        return [Fault("ends_before_it_starts")]
    if starts_on < year[0] or ends_on > year[1]:
        return [Fault("outside_the_year", {"first": str(year[0]), "last": str(year[1])})]
    return [Fault("term_overlaps") for start, end in others if starts_on <= end and start <= ends_on]
