"""The independent families of signs, and the version of the rules that find them. Light: no numbers library. Pure."""

from enum import StrEnum

RULE_VERSION = "careless-1"


class Sign(StrEnum):
    """Independent families of signs; the codes are stored."""

    UNFIT = "unfit"  # answers that do not fit each other at this level
    REPEATED = "repeated"  # one answer, or two in turn, more often than the questions make likely
    CONTRADICTS = "contradicts"  # answers to like questions lie far apart
    TELLS_NOTHING_APART = "tells_nothing_apart"  # no difference between what many and what few say yes to
    HURRIED = "hurried"  # many answers within a second
    LIE_SCALE = "lie_scale"  # the instrument's own scale says: doubtful
