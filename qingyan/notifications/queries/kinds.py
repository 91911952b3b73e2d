"""The kinds of notices, read once from library/kinds.yaml. A faulty file stops the service at its first question."""

from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from qingyan.notifications.rules.kinds import Kind, read

FILE = Path(__file__).resolve().parents[1] / "library" / "kinds.yaml"


class UnknownKind(KeyError):
    """No sentence of the file has this code."""


@cache
def kinds() -> dict[str, Kind]:
    """By code."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def kind(code: str) -> Kind:
    """One of them. Raises UnknownKind."""
    try:
        return kinds()[code]
    except KeyError:
        raise UnknownKind(code) from None


def sentence(code: str) -> str:
    """Its sentence in the reader's language; a kind that a newer version dropped still says something true."""
    found = kinds().get(code)
    return _(found.text) if found else _("您有一条消息")
