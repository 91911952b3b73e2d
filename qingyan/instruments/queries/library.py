"""Reads the library folder: instrument files and released.lock. Decides that only a file whose sha-256 is in
the lock may be used, so that a stored result can always be traced to the exact file that made it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from qingyan.instruments.contracts import InstrumentNotReleased, InstrumentSummary, Problem
from qingyan.instruments.rules.examples import example_faults
from qingyan.instruments.rules.plan import Plan
from qingyan.instruments.rules.schema import Instrument
from qingyan.instruments.rules.validation import DefinitionRefused, parse

LIBRARY: Final = Path(__file__).resolve().parent.parent / "library"
LOCK_NAME: Final = "released.lock"


def read_definition(path: Path) -> Instrument:
    """The instrument in one file. Raises DefinitionRefused, also for YAML that cannot be read."""
    try:
        data = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (safe loader in C)
    except yaml.YAMLError as error:
        raise DefinitionRefused([f"not YAML: {error}"]) from error
    return parse(data)


def digest_of(path: Path) -> str:
    """sha-256 of the file's bytes, hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_lock(library: Path = LIBRARY) -> Mapping[str, str]:
    """`<code>/<version>.yaml` -> sha-256, as written in released.lock (the format of sha256sum)."""
    lines = (library / LOCK_NAME).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): digest for digest, name in pairs}


@lru_cache(maxsize=256)
def load_plan(code: str, version: str | None = None) -> Plan:
    """The plan of a released version, the newest when none is named. Raises InstrumentNotReleased."""
    chosen = version or _newest(code)
    name = f"{code}/{chosen}.yaml"
    digest = _lock().get(name)
    path = LIBRARY / name
    if digest is None or not path.is_file():
        raise InstrumentNotReleased(f"{code} {chosen} is not in {LOCK_NAME}")
    if digest_of(path) != digest:
        raise InstrumentNotReleased(f"{code} {chosen} differs from the file that was released")
    if version is None:
        return load_plan(code, chosen)
    return Plan(read_definition(path), digest)


def released_plans() -> tuple[Plan, ...]:
    """Every released version, by code and version."""
    names = sorted(_lock(), key=lambda name: (_code(name), _order(_version(name))))
    return tuple(load_plan(_code(name), _version(name)) for name in names)


def summaries() -> list[InstrumentSummary]:
    """One line for each released version, by code and version."""
    return [_summary(plan) for plan in released_plans()]


def problems(library: Path = LIBRARY) -> Iterator[Problem]:
    """Every fault of the library: files, worked examples, lock. Nothing when all is well."""
    lock = read_lock(library)
    found: set[str] = set()
    for path in sorted(library.glob("*/*.yaml")):
        name = f"{path.parent.name}/{path.name}"
        found.add(name)
        yield from (Problem(name, message) for message in _file_faults(path))
        digest = digest_of(path)
        if name not in lock:
            yield Problem(LOCK_NAME, f"{name} is not released; to release it add: {digest}  {name}")
        elif lock[name] != digest:
            yield Problem(LOCK_NAME, f"{name} was changed after its release; make a new version instead")
    for name in sorted(lock.keys() - found):
        yield Problem(LOCK_NAME, f"{name} was released and is gone")


def _file_faults(path: Path) -> Iterator[str]:
    try:
        instrument = read_definition(path)
    except DefinitionRefused as refused:
        yield from refused.problems
        return
    if (instrument.code, instrument.version) != (path.parent.name, path.stem):
        yield f"says it is {instrument.code} {instrument.version}"
    yield from example_faults(instrument)


def _summary(plan: Plan) -> InstrumentSummary:
    instrument = plan.instrument
    return InstrumentSummary(
        code=plan.code,
        version=plan.version,
        digest=plan.digest,
        title_zh=instrument.title.zh,
        title_en=instrument.title.en,
        public_title_zh=instrument.public_title.zh,
        description_zh=instrument.description.zh,
        items=len(plan.items),
        youngest=instrument.audience.ages[0],
        oldest=instrument.audience.ages[1],
        recall_days=instrument.audience.recall.days,
        stages=instrument.audience.stages,
        screen_rules=tuple(rule.id for rule in instrument.screens),
        latest=plan.version == _newest(plan.code),
        needs_wording=instrument.needs_wording,
        informant=instrument.audience.informant,
    )


@lru_cache(maxsize=1)
def _lock() -> Mapping[str, str]:
    return read_lock()


def _newest(code: str) -> str:
    versions = [_version(name) for name in _lock() if _code(name) == code]
    if not versions:
        raise InstrumentNotReleased(f"{code} is not in {LOCK_NAME}")
    return max(versions, key=_order)


def _code(name: str) -> str:
    return name.split("/")[0]


def _version(name: str) -> str:
    return name.split("/")[1].removesuffix(".yaml")


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
