"""Rule packs on disk: reads them, checks them, and refuses a released file that was edited (library/released.lock).

Where a rule's meaning is decided: rules/. A changed threshold is a new version with its own signature.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

from qingyan.alerts.rules.judging import UnfitPack, check
from qingyan.alerts.rules.pack import Pack

LIBRARY = Path(__file__).resolve().parent.parent / "library"
LOCK = LIBRARY / "released.lock"
CURRENT = ("default", "1.1")


def current() -> Pack:
    """The pack in force. Raises UnfitPack when its file is faulty or differs from the lock."""
    return load(*CURRENT)


@cache
def load(code: str, version: str) -> Pack:
    """One pack, checked. Raises FileNotFoundError for an unknown one, UnfitPack for a faulty or edited one."""
    content = (LIBRARY / code / f"{version}.yaml").read_bytes()
    released = locked().get(f"{code}/{version}")
    if released != sha256(content).hexdigest():
        raise UnfitPack(f"{code} {version} is not the released file: give it a new version and add it to the lock")
    pack = parse(content.decode())
    if (pack.code, pack.version) != (code, version):
        raise UnfitPack(f"{code}/{version}.yaml calls itself {pack.name}")
    return pack


def parse(text: str) -> Pack:
    """A pack from YAML text, checked. Raises UnfitPack or pydantic's ValidationError with what is wrong."""
    pack = Pack.model_validate_json(json.dumps(yaml.safe_load(text)))  # JSON, since its arrays may be tuples
    check(pack)
    return pack


def released() -> list[tuple[str, str]]:
    """(code, version) of every pack file, sorted."""
    return sorted((file.parent.name, file.stem) for file in LIBRARY.glob("*/*.yaml"))


def locked() -> dict[str, str]:
    """ "code/version" -> sha-256 of the released file, hex."""
    lines = LOCK.read_text(encoding="utf-8").split("\n")
    return {name: digest for digest, name in (line.split("  ") for line in lines if line.strip())}
