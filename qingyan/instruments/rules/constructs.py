"""What each instrument is about, in few words of ours, so that the library can be searched by it. Data, no file of it.

The released files do not say it and are never edited; a new instrument gets its line here (a test asks for it).
"""

from enum import StrEnum
from typing import Final


class Construct(StrEnum):
    """A subject that people look for."""

    MOOD = "mood"
    TENSION = "tension"
    STRESS = "stress"
    SLEEP = "sleep"
    WHOLE = "whole"
    EVENTS = "events"
    SUPPORT = "support"
    SELF_WORTH = "self_worth"
    LONELINESS = "loneliness"
    WELL_BEING = "well_being"
    BEHAVIOUR = "behaviour"


ABOUT: Final[dict[str, tuple[Construct, ...]]] = {
    "aslec": (Construct.EVENTS, Construct.STRESS),
    "ces-d": (Construct.MOOD,),
    "ces-dc": (Construct.MOOD,),
    "dass-21": (Construct.MOOD, Construct.TENSION, Construct.STRESS),
    "dass-42": (Construct.MOOD, Construct.TENSION, Construct.STRESS),
    "gad-7": (Construct.TENSION,),
    "isi": (Construct.SLEEP,),
    "mht": (Construct.WHOLE, Construct.TENSION, Construct.LONELINESS),
    "mmhi-60": (Construct.WHOLE, Construct.MOOD, Construct.TENSION, Construct.STRESS),
    "phq-9": (Construct.MOOD,),
    "phq-a": (Construct.MOOD,),
    "pss-10": (Construct.STRESS,),
    "psss": (Construct.SUPPORT,),
    "rses": (Construct.SELF_WORTH,),
    "scared": (Construct.TENSION,),
    "scl-90": (Construct.WHOLE, Construct.MOOD, Construct.TENSION, Construct.SLEEP),
    "sdq-parent": (Construct.BEHAVIOUR, Construct.WHOLE),
    "sdq-self": (Construct.BEHAVIOUR, Construct.WHOLE),
    "sdq-teacher": (Construct.BEHAVIOUR, Construct.WHOLE),
    "ucla-8": (Construct.LONELINESS,),
    "who-5": (Construct.WELL_BEING,),
}


def about(code: str) -> tuple[Construct, ...]:
    """What it is about; nothing for a code without a line."""
    return ABOUT.get(code, ())
