"""The number of a report and the secret that opens its answers. Pure.

Both follow from what the page carried (`sending`) and a key, so that the same page sent twice is one report with one
receipt. The number is kept in the clear and selects the report; of the secret only a keyed hash is kept.
"""

from typing import Final

from qingyan.foundation.pure.printed_codes import SIGNS

NUMBER_LENGTH: Final = 10
SECRET_LENGTH: Final = 10
TOKEN_LENGTH: Final = NUMBER_LENGTH + SECRET_LENGTH  # 100 bits


def token_from(digest: bytes) -> str:
    """The 20 signs that stand for a keyed digest of at least 20 bytes."""
    return "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:TOKEN_LENGTH])


def number_of(token: str) -> str:
    """The part that selects the report."""
    return token[:NUMBER_LENGTH]


def secret_of(token: str) -> str:
    """The part that opens it."""
    return token[NUMBER_LENGTH:]
