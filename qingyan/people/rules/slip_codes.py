"""The codes on a pupil's slip: eight signs are 40 bits. Pure; hashing is actions/slips.py.

How such codes are made and read back is foundation/pure/printed_codes.py.
"""

from collections.abc import Callable

from qingyan.foundation.pure import printed_codes
from qingyan.foundation.pure.printed_codes import LONGEST_INPUT, SIGNS, printed, tidied

__all__ = ["LENGTH", "LONGEST_INPUT", "SIGNS", "new_code", "printed", "read_code", "tidied"]

LENGTH = 8


def new_code(choose: Callable[[str], str]) -> str:
    """A fresh code; `choose` picks one sign at random (secrets.choice)."""
    return printed_codes.new_code(choose, length=LENGTH)


def read_code(text: str) -> str | None:
    """The code that was typed; None when it cannot be a code."""
    return printed_codes.read_code(text, length=LENGTH)
