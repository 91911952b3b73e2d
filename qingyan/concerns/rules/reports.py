"""What a report is made of, how long it may be, and whose circle reads it. Pure."""

from enum import StrEnum
from typing import Final

LONGEST_TEXT: Final = 2000
LONGEST_ABOUT: Final = 80
LONGEST_CONTACT: Final = 80
MOST_MESSAGES: Final = 30  # of the writer in one thread; a longer one is a matter for a talk


class Kind(StrEnum):
    """Which door it came through."""

    CONCERN = "concern"
    HELP = "help"
    LETTER = "letter"
    BULLYING = "bullying"


class Urgency(StrEnum):
    """How soon somebody should act, in the writer's eyes."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"


class Source(StrEnum):
    """Who writes. Only staff, a signed-in pupil and a guardian with a code are known to be who they say."""

    STAFF = "staff"
    GUARDIAN = "guardian"
    CLASSMATE = "classmate"
    SELF = "self"
    OTHER = "other"


class Seen(StrEnum):
    """When it was seen."""

    JUST_NOW = "just_now"
    TODAY = "today"
    WEEK = "week"
    EARLIER = "earlier"
    UNSAID = "unsaid"


class Circle(StrEnum):
    """Who reads it: the school's counsellors, or its committee against bullying."""

    COUNSELLOR = "counsellor"
    COMMITTEE = "committee"


class Outcome(StrEnum):
    """How it ended."""

    TALKED = "talked"
    ANSWERED = "answered"
    PASSED_ON = "passed_on"
    SAME_MATTER = "same_matter"
    NOTHING_NEEDED = "nothing_needed"


def circle_of(kind: Kind, *, has_committee: bool) -> Circle:
    """Bullying goes to its own committee; a school that has none yet lets its counsellors read it."""
    return Circle.COMMITTEE if kind is Kind.BULLYING and has_committee else Circle.COUNSELLOR
