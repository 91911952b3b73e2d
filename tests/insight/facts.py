"""Facts of invented sheets in the shape in which screening gives them. Not a test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SCALES = {
    "total": ("below_line", "above_line"),
    "dep": ("below_line", "above_line"),
    "sleep": ("low", "mild", "marked", "strong"),
}


@dataclass(frozen=True)
class Sheet:
    """A scored sheet."""

    student: UUID
    grade: int = 8
    instrument: str = "scl-90"
    reached: bool | None = False
    bands: Mapping[str, str] = field(default_factory=dict)
    doubtful: bool | None = False
