"""Blind index: find an encrypted identifier by equality without storing it in the clear.

Decides: how a value is normalised and hashed. Does not: choose the key (`keyring`) or the column (`fields.BlindIndex`).
Only for values with many possibilities (学籍号, phone): a keyed hash of a yes/no answer is a label, not a secret.
"""

import hmac
import unicodedata
from collections.abc import Callable

INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})  # not Cn: rare ideographs newer than this Python stay apart


def normalised(value: str) -> str:
    """What a tired clerk meant to type: NFKC, capitals, ASCII digits, no white space or invisible marks."""
    if value.isascii() and value.isalnum():
        return value.upper()  # what folding would give, for the numbers that registers print; ten times as fast
    folded, before = _folded(value), value
    while folded != before:  # taking a space away can bring two characters together that NFKC joins
        folded, before = _folded(folded), folded
    return folded


def blind_index(secret: bytes, table: str, column: str, value: str) -> bytes:
    """32 bytes, equal for equal normalised values of one column under one key, unrelated across columns and keys."""
    return indexer(secret, table, column)(value)


def indexer(secret: bytes, table: str, column: str) -> Callable[[str], bytes]:
    """blind_index for many values of one column: the place is written once."""
    place = _part(table) + _part(column)
    return lambda value: hmac.digest(secret, place + _part(normalised(value)), "sha256")


def _part(text: str) -> bytes:
    part = text.encode()
    return len(part).to_bytes(4, "big") + part


def _folded(value: str) -> str:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).upper())
    return "".join(_digit(char) for char in text if unicodedata.category(char) not in INVISIBLE)


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char
