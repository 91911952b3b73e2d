"""The points on disk, and whether a named person of the city has signed exactly these bytes."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml

from qingyan.early_warning.models import PackSignature
from qingyan.early_warning.rules.points import PointPack

SHELF = Path(__file__).resolve().parents[1] / "library" / "points"
CURRENT = "1.0"


@dataclass(frozen=True)
class ReadPack:
    """A pack with the fingerprint of its file, and the signatures for that fingerprint, the newest first."""

    pack: PointPack
    digest: str
    signatures: tuple[PackSignature, ...]

    @property
    def is_signed(self) -> bool:
        """Whether it may be used: somebody signed these very bytes."""
        return bool(self.signatures)


def current(city_id: int | None) -> ReadPack:
    """The pack in force as this city has signed it; read anew each time, so that a changed file is noticed at once."""
    return read(SHELF / f"{CURRENT}.yaml", city_id)


def read(file: Path, city_id: int | None) -> ReadPack:
    """One file. Raises FileNotFoundError, or pydantic's ValidationError with what is wrong."""
    content = file.read_bytes()
    digest = sha256(content).hexdigest()
    signed = PackSignature.objects.filter(city_id=city_id, digest=digest).select_related("signed_by")
    return ReadPack(parse(content.decode()), digest, tuple(signed))


def parse(text: str) -> PointPack:
    """A pack from YAML text, checked."""
    return PointPack.model_validate_json(json.dumps(yaml.safe_load(text)))


def earlier(city_id: int | None, digest: str) -> list[PackSignature]:
    """Signatures for other bytes than these, the newest first, at most twenty: they count for nothing now."""
    rows = PackSignature.objects.filter(city_id=city_id).exclude(digest=digest).select_related("signed_by")
    return list(rows[:20])
