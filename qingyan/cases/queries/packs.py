"""Packs and forms on disk: read, checked, and refused when a released file was edited (library/released.lock)."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from qingyan.cases.rules.interview import Guide
from qingyan.cases.rules.leave import LeaveGuide
from qingyan.cases.rules.mandatory import MandatoryReport
from qingyan.cases.rules.pack import CasePack
from qingyan.cases.rules.panel import PanelRules
from qingyan.cases.rules.referral import ReferralGuide

LIBRARY = Path(__file__).resolve().parent.parent / "library"
LOCK = LIBRARY / "released.lock"
CURRENT = "default/1.0"
LAW = "mandatory_report/1.0"
GUIDE = "interview/1.0"
REFERRAL = "referral/1.0"
LEAVE = "leave/1.0"
PANEL = "panel/1.0"


class NotReleased(Exception):
    """A file of the library is not the one that was released."""


def current() -> CasePack:
    """The pack in force for new cases."""
    return pack(CURRENT)


@cache
def pack(name: str) -> CasePack:
    """A pack by its name, "default/1.0". Raises NotReleased, FileNotFoundError, pydantic's ValidationError."""
    return CasePack.model_validate_json(content(name))


@cache
def law() -> MandatoryReport:
    """The nine situations. Raises as pack does."""
    return MandatoryReport.model_validate_json(content(LAW))


@cache
def guide() -> Guide:
    """The interview's guide. Raises as pack does."""
    return Guide.model_validate_json(content(GUIDE))


@cache
def panel() -> PanelRules:
    """The rules of a meeting. Raises as pack does."""
    return PanelRules.model_validate_json(content(PANEL))


@cache
def leave() -> LeaveGuide:
    """The steps and days of leave and return. Raises as pack does."""
    return LeaveGuide.model_validate_json(content(LEAVE))


@cache
def referral() -> ReferralGuide:
    """What a referral carries and how it is chased. Raises as pack does."""
    return ReferralGuide.model_validate_json(content(REFERRAL))


def content(name: str) -> str:
    """The released file as JSON text, compared with the lock. JSON, since its arrays may be tuples."""
    raw = (LIBRARY / f"{name}.yaml").read_bytes()
    if locked().get(name) != sha256(raw).hexdigest():
        raise NotReleased(f"{name} is not the released file: give it a new version and add it to the lock")
    loaded: Any = yaml.safe_load(raw)
    return json.dumps(loaded)


def released() -> list[str]:
    """Names of every file in the library, sorted."""
    return sorted(f"{file.parent.name}/{file.stem}" for file in LIBRARY.glob("*/*.yaml"))


def locked() -> dict[str, str]:
    """Name -> sha-256 of the released file, hex."""
    lines = LOCK.read_text(encoding="utf-8").split("\n")
    return {name: digest for digest, name in (line.split("  ") for line in lines if line.strip())}
