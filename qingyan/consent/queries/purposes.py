"""The purposes, read once from library/purposes.yaml. A faulty file stops the service at its first question."""

from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language, gettext

from qingyan.consent.rules.purposes import Purpose, read

FILE = Path(__file__).resolve().parents[1] / "library" / "purposes.yaml"
SCREENING = "screening"
TOLD = ("title", "explains", "withdrawal")


def purposes() -> dict[str, Purpose]:
    """By code, in the order in which they are shown; title and explanation in the language of the page.

    The legal basis stays Chinese: it is a law's own wording.
    """
    return _in(get_language())


@cache
def _in(language: str | None) -> dict[str, Purpose]:
    """Kept by language, since the words are looked up when they are read."""
    found = read(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    return {
        code: one.model_copy(update={name: gettext(getattr(one, name)) for name in TOLD}) for code, one in found.items()
    }


def purpose(code: str) -> Purpose:
    """One of them. Raises KeyError."""
    return purposes()[code]
