"""Small counts above the level of a school: 1 to 7 are hidden, the others rounded to 5. Pure.

The rule and why both steps are needed: a count that is only hidden can be found by subtracting two others.
"""

from collections.abc import Iterable

SMALLEST, STEP = 8, 5


def rounded(count: int) -> int | None:
    """The count as it may be shown above a school: 0, a multiple of 5, or None for a group of 1 to 7."""
    if count == 0:
        return 0
    return None if count < SMALLEST else STEP * ((count + STEP // 2) // STEP)


def total(parts: Iterable[int | None]) -> int:
    """A sum made of shown parts only, so that it gives no hidden one away."""
    return sum(part for part in parts if part is not None)
