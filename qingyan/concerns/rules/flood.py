"""How many reports without a sign-in are taken, and when staff are told one by one. Pure.

Nobody is shut out because of an address: a device that sends very many waits, a whole school never does before a bound
that no real day reaches, and the telephone numbers stand on every page.
"""

from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=15)
OF_ONE_DEVICE: Final = 8
OF_ONE_PERSON: Final = 40
OF_A_SCHOOL: Final = 600
TOLD_ONE_BY_ONE: Final = 12  # of a school in the window; later ones are told together


def admitted(*, of_sender: int, of_school: int, known: bool) -> bool:
    """Whether one more is taken, after so many in the window from this sender and at this school."""
    return of_sender < (OF_ONE_PERSON if known else OF_ONE_DEVICE) and (known or of_school < OF_A_SCHOOL)


def told_as(report: str, *, of_school: int, now: datetime) -> str:
    """The key of the occasion by which staff are told: its own, or in a flood one for ten minutes."""
    if of_school < TOLD_ONE_BY_ONE:
        return report
    return f"many/{int(now.timestamp() // 600)}"
