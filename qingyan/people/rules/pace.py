"""How fast wrong tries at the pupils' door may follow each other. Pure. Nobody is ever locked out for good.

A device that guesses waits longer and longer. Apart from that, a whole class that is being guessed at from ever new
devices lets in only as many tries a minute as honest pupils need; who is asked to try again simply presses once more.
The chance to hit any of 50 codes of 40 bits then stays below one in a million for a lesson of 45 minutes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

FREE_TRIES = 3
LONGEST_WAIT = timedelta(seconds=60)
MEMORY = timedelta(minutes=15)
CLASS_WINDOW = timedelta(minutes=1)
CLASS_TRIES = 200


def remaining_wait(wrong: Sequence[datetime], *, now: datetime) -> int:
    """Whole seconds that this device still waits after its wrong tries of the last 15 minutes; 0 when it may try."""
    recent = [at for at in wrong if now - at < MEMORY]
    if len(recent) < FREE_TRIES:
        return 0
    pause = min(timedelta(seconds=2 ** min(len(recent) - FREE_TRIES + 1, 10)), LONGEST_WAIT)
    left = (max(recent) + pause - now).total_seconds()
    return max(0, -int(-left // 1))


def chance_to_hit(*, codes: int, bits: int, tries: int, pictures: int = 1) -> float:
    """The chance to get in by guessing: so many valid codes of so many bits, so many tries that are looked at."""
    return float(tries * codes) / float(2**bits) / pictures


def admission(class_tries: int) -> float:
    """The share of tries that are looked at while a class has had so many wrong ones in the last minute, 0 to 1."""
    return min(1.0, CLASS_TRIES / class_tries) if class_tries else 1.0
