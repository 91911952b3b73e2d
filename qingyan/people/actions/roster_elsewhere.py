"""In a roster: pupils unknown here who are at another school, and the requests that a commit sends for them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.people.actions import elsewhere
from qingyan.people.actions.elsewhere import MOST_A_FILE
from qingyan.people.roster.apart import LOOKED_FOR, places_of, set_apart
from qingyan.people.roster.planning import ClassKey, Step


class Looking:
    """Looks for the unknown pupils of one file, part after part, until the bound of a file is reached."""

    def __init__(self, *, by: Actor, now: datetime) -> None:
        self.by, self.now = by, now
        self.asked = self.unasked = 0
        self.needed: set[ClassKey] = set()

    def marked(self, steps: Sequence[Step]) -> list[Step]:
        """The steps of a part with those set apart who are elsewhere. The school's scope is entered."""
        unknown = [one.row for one in steps if one.fate in LOOKED_FOR]
        now, later = unknown[: MOST_A_FILE - self.asked], unknown[max(MOST_A_FILE - self.asked, 0) :]
        looked = elsewhere.look(rows=now, by=self.by, now=self.now)
        self.asked, self.unasked = self.asked + len(now), self.unasked + looked.unasked + len(later)
        marked = set_apart(steps, looked.lines)
        self.needed |= places_of(marked)
        return marked


def claim_all(steps: Iterable[Step], *, by: Actor, now: datetime) -> bool:
    """Ask for each of them; False when somebody is not where the preview said any more."""
    return all(elsewhere.claim(row=one.row, token=one.token, by=by, now=now) for one in steps if one.token)
