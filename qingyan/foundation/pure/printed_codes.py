"""Codes that are printed, handed out and typed again: how one is made, set in groups and read back. Pure.

32 signs without I, L, O and U, as in Crockford's base 32: nobody has to tell a one from an l, and no word appears.
One sign is 5 bits. Hashing is whoever keeps them.
"""

import unicodedata
from collections.abc import Callable

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
LOOK_ALIKES = str.maketrans("ILOU", "110V")
LONGEST_INPUT = 40


def new_code(choose: Callable[[str], str], *, length: int) -> str:
    """A fresh code; `choose` picks one sign at random (secrets.choice)."""
    return "".join(choose(SIGNS) for _ in range(length))


def printed(code: str) -> str:
    """In groups of four, as it stands on paper: K7QM-3XTP."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def tidied(text: str) -> str:
    """What was meant by what was typed: half-width capitals without spaces or dashes, at most 40 signs."""
    folded = unicodedata.normalize("NFKC", text[: LONGEST_INPUT * 2]).upper()
    return "".join(sign for sign in folded if sign.isalnum())[:LONGEST_INPUT]


def read_code(text: str, *, length: int) -> str | None:
    """The code that was typed, look-alikes taken for what they look like; None when it cannot be a code."""
    code = tidied(text).translate(LOOK_ALIKES)
    return code if len(code) == length and all(sign in SIGNS for sign in code) else None
