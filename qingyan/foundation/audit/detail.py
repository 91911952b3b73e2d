"""What may stand in an entry's detail: small facts and ids, never text that a person wrote."""

import json
import re
from collections.abc import Mapping, Sequence
from enum import Enum
from uuid import UUID

LONGEST_TEXT = 200
LONGEST_LIST = 200
LARGEST = 4000  # characters of the whole detail as JSON
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")

Fact = str | int | bool | None
Id = str | int
Detail = Mapping[str, Fact | UUID | list[Id | UUID]]


class NotForAudit(ValueError):
    """Something that the audit trail does not take: long text, odd types, too much."""


def checked_detail(detail: Detail | None) -> str:
    """The detail as JSON text. Raises NotForAudit, naming the key and never the value."""
    plain: dict[str, Fact | list[Id]] = {}
    for key, value in (detail or {}).items():
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise NotForAudit("detail keys are short lower_case words")
        plain[key] = _ids(key, value) if isinstance(value, list | tuple) else _fact(key, value)
    text = json.dumps(plain, ensure_ascii=False)
    if len(text) > LARGEST:
        raise NotForAudit(f"detail has {len(text)} characters, at most {LARGEST} are kept")
    return text


def checked_text(name: str, value: str, *, longest: int = LONGEST_TEXT) -> str:
    """The value, if it is short text without NUL. Raises NotForAudit otherwise."""
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise NotForAudit(f"{name} must be text of at most {longest} characters")
    return str(value)


def _fact(key: str, value: object) -> Fact:
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        return checked_text(key, value)
    raise NotForAudit(
        f"detail {key} is a {type(value).__name__}; only text, whole numbers, yes/no and lists of ids are kept"
    )


def _ids(key: str, values: Sequence[object]) -> list[Id]:
    if len(values) > LONGEST_LIST:
        raise NotForAudit(f"detail {key} lists {len(values)} ids, at most {LONGEST_LIST} are kept: record the count")
    found: list[Id] = []
    for value in values:
        fact = _fact(key, value)
        if fact is None or isinstance(fact, bool) or (isinstance(fact, str) and len(fact) > 64):
            raise NotForAudit(f"detail {key} lists something that is no id")
        found.append(fact)
    return found
