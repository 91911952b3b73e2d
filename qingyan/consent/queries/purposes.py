"""The purposes, read once from library/purposes.yaml. A faulty file stops the service at its first question."""

from functools import cache
from pathlib import Path

import yaml

from qingyan.consent.rules.purposes import Purpose, read

FILE = Path(__file__).resolve().parents[1] / "library" / "purposes.yaml"
SCREENING = "screening"


@cache
def purposes() -> dict[str, Purpose]:
    """By code, in the order in which they are shown."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def purpose(code: str) -> Purpose:
    """One of them. Raises KeyError."""
    return purposes()[code]
