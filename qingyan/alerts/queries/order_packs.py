"""Order packs on disk: read, checked, and refused when a released file was edited (library/ordering/released.lock)."""

import json
from functools import cache
from hashlib import sha256

import yaml

from qingyan.alerts.queries.packs import LIBRARY
from qingyan.alerts.rules.judging import UnfitPack
from qingyan.alerts.rules.ordering import OrderPack, check

SHELF = LIBRARY / "ordering"
CURRENT = ("default", "1.0")


def current() -> OrderPack:
    """The pack in force. Raises UnfitPack when its file is faulty or differs from the lock."""
    return load(*CURRENT)


@cache
def load(code: str, version: str) -> OrderPack:
    """One pack, checked. Raises FileNotFoundError for an unknown one, UnfitPack for a faulty or edited one."""
    content = (SHELF / code / f"{version}.yaml").read_bytes()
    if locked().get(f"{code}/{version}") != sha256(content).hexdigest():
        raise UnfitPack(f"{code} {version} is not the released file: give it a new version and add it to the lock")
    return parse(content.decode())


def parse(text: str) -> OrderPack:
    """A pack from YAML text, checked. Raises UnfitPack or pydantic's ValidationError with what is wrong."""
    pack = OrderPack.model_validate_json(json.dumps(yaml.safe_load(text)))
    check(pack)
    return pack


def locked() -> dict[str, str]:
    """ "code/version" -> sha-256 of the released file, hex."""
    lines = (SHELF / "released.lock").read_text(encoding="utf-8").split("\n")
    return {name: digest for digest, name in (line.split("  ") for line in lines if line.strip())}
