"""The codes on a pupil's slip: how one is made, printed and read back. Pure; hashing is actions/slips.py.

32 signs without I, L, O and U, as in Crockford's base 32: nobody has to tell a one from an l, and no word appears.
Eight signs are 40 bits.
"""

import unicodedata
from collections.abc import Callable

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LOOK_ALIKES = str.maketrans("ILOU", "110V")
LONGEST_INPUT = 40


def new_code(choose: Callable[[str], str]) -> str:
    """A fresh code; `choose` picks one sign at random (secrets.choice)."""
    return "".join(choose(SIGNS) for _ in range(LENGTH))


def printed(code: str) -> str:
    """In two groups, as it stands on the slip: K7QM-3XTP."""
    return f"{code[:4]}-{code[4:]}"


def tidied(text: str) -> str:
    """What was meant by what was typed: half-width capitals without spaces or dashes, at most 40 signs."""
    folded = unicodedata.normalize("NFKC", text[: LONGEST_INPUT * 2]).upper()
    return "".join(sign for sign in folded if sign.isalnum())[:LONGEST_INPUT]


def read_code(text: str) -> str | None:
    """The code that was typed, look-alikes taken for what they look like; None when it cannot be a code."""
    code = tidied(text).translate(LOOK_ALIKES)
    return code if len(code) == LENGTH and all(sign in SIGNS for sign in code) else None
