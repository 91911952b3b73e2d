"""The data of one paper, and who looks at it. Pure."""

from dataclasses import dataclass
from typing import Any

# Names to texts, and names to rows of texts: all that a PDF, a Word file or a sheet is ever made from.
PaperData = dict[str, str | list[dict[str, str]]]


@dataclass(frozen=True)
class Mark:
    """The watermark: who looks, when, and for what where a purpose was asked for."""

    viewer: str
    at: str
    purpose: str = ""

    @property
    def words(self) -> str:
        """One line, as it stands on every page."""
        return " · ".join(part for part in (self.viewer, self.at, self.purpose) if part)


@dataclass(frozen=True)
class ReportFacts:
    """One monthly report in words and counts."""

    month: str
    zero: bool
    made_by: str
    signed_by: str
    handed_at: str
    counts: dict[str, Any]


@dataclass(frozen=True)
class Printed:
    """The data of one paper and its mark: all that PDF, Word and Excel need."""

    form: str
    data: PaperData
    mark: Mark
