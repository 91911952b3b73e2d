"""Duty packs on disk: read, checked, and refused when a released file was edited (library/duty/released.lock).

What a ladder means is decided in rules/duty.py.
"""

import json
from functools import cache
from hashlib import sha256

import yaml

from qingyan.alerts.queries.packs import LIBRARY
from qingyan.alerts.rules.duty import DutyPack, check
from qingyan.alerts.rules.judging import UnfitPack

SHELF = LIBRARY / "duty"
LOCK = SHELF / "released.lock"
CURRENT = ("default", "1.0")


def current() -> DutyPack:
    """The pack in force. Raises UnfitPack when its file is faulty or differs from the lock."""
    return load(*CURRENT)


@cache
def load(code: str, version: str) -> DutyPack:
    """One pack, checked. Raises FileNotFoundError for an unknown one, UnfitPack for a faulty or edited one."""
    content = (SHELF / code / f"{version}.yaml").read_bytes()
    if locked().get(f"{code}/{version}") != sha256(content).hexdigest():
        raise UnfitPack(f"{code} {version} is not the released file: give it a new version and add it to the lock")
    pack = parse(content.decode())
    if pack.name != f"{code}/{version}":
        raise UnfitPack(f"{code}/{version}.yaml calls itself {pack.name}")
    return pack


def parse(text: str) -> DutyPack:
    """A pack from YAML text, checked. Raises UnfitPack or pydantic's ValidationError with what is wrong."""
    pack = DutyPack.model_validate_json(json.dumps(yaml.safe_load(text)))
    check(pack)
    return pack


def locked() -> dict[str, str]:
    """ "code/version" -> sha-256 of the released file, hex."""
    lines = LOCK.read_text(encoding="utf-8").split("\n")
    return {name: digest for digest, name in (line.split("  ") for line in lines if line.strip())}
