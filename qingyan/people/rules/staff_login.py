"""Logins of staff and their one-time passwords: shape, spelling, strength. Pure; hashing is the account's.

16 signs of 31 are 79 bits: nobody guesses one before it is replaced at the first sign-in. No sign looks like another.
"""

import re
import unicodedata
from collections.abc import Callable

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4
LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,59}")


def new_password(choose: Callable[[str], str]) -> str:
    """A fresh one-time password in groups: kx7m-…; `choose` picks one sign at random (secrets.choice)."""
    return "-".join("".join(choose(SIGNS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def tidied_login(text: str) -> str:
    """One spelling for one login: half-width, lower case, no spaces around."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def is_login(text: str) -> bool:
    """Whether this can be a login: 3 to 60 letters, digits, dots, dashes or underscores, beginning with a letter."""
    return LOGIN.fullmatch(text) is not None
