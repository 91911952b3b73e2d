"""One question with its answer: a chart and its table. Every format takes its figures from here, so none differs. Pure.

A Said is a figure as it is told: one text on the page, in Excel, in the PDF and in the API; a chart draws its value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingyan.insight.rules.shares import Share
from qingyan.insight.rules.totals import Figure

UNTOLD, AT_LEAST = "—", "≥ "


@dataclass(frozen=True)
class Said:
    """A figure in words and as a number; `low` and `high` where chance is shown. No value: not told."""

    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """One row: what it is about, and a figure for each column."""

    label: str
    figures: tuple[Said, ...]


@dataclass(frozen=True)
class Exhibit:
    """`shape`: how it is drawn (bars, lines, stack). `drawn`: the columns in the chart, the others stand in the table.

    `unit` is that of the drawn columns; `code` is its address; `digests` prove the tables that it was made from;
    `empty` says why nothing is drawn, where that is not the size of the group.
    """

    code: str
    title: str
    lead: str
    head: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    drawn: tuple[int, ...]
    shape: str = "bars"
    unit: str = "%"
    told_at: datetime | None = None
    digests: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    empty: str = ""

    @property
    def named_rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each line with its figures, each figure with the column it stands in: (line, [(column, figure)])."""
        return [
            (line.label, list(zip(self.columns, (one.text for one in line.figures), strict=True)))
            for line in self.lines
        ]

    @property
    def has_figures(self) -> bool:
        """Whether anything that is drawn is told."""
        return any(line.figures[one].value is not None for line in self.lines for one in self.drawn)

    @property
    def drawn_columns(self) -> tuple[str, ...]:
        """The words of the drawn columns."""
        return tuple(self.columns[one] for one in self.drawn)


def said(figure: Figure) -> Said:
    """A count; "≥" where something hidden is missing from it."""
    if figure.value is None:
        return Said(UNTOLD)
    return Said(f"{AT_LEAST if figure.partial else ''}{figure.value:,}", float(figure.value))


def said_share(share: Share | None, *, chance: bool = True) -> Said:
    """A share in per cent, with its interval where it stands for more than the counted ones."""
    if share is None:
        return Said(UNTOLD)
    if not chance:
        return Said(f"{share.value:.1f}%", share.value)
    return Said(f"{share.value:.1f}%（{share.low:.1f}–{share.high:.1f}）", share.value, share.low, share.high)


def said_number(value: float | None) -> Said:
    """A quotient of told figures, one decimal."""
    return Said(UNTOLD) if value is None else Said(f"{value:.1f}", round(value, 1))


def rows(exhibit: Exhibit) -> list[Sequence[str]]:
    """Label and texts, row by row: what tables on paper and in Excel show."""
    return [[line.label, *(one.text for one in line.figures)] for line in exhibit.lines]


def as_json(exhibit: Exhibit) -> dict[str, Any]:
    """The exhibit for the API and for the chart."""
    lines = [
        {"label": line.label, "figures": [dict(vars(figure)) for figure in line.figures]} for line in exhibit.lines
    ]
    plain = {name: getattr(exhibit, name) for name in ("code", "title", "head", "shape", "unit")}
    listed = {name: list(getattr(exhibit, name)) for name in ("columns", "drawn", "tones", "digests")}
    told_at = exhibit.told_at.isoformat() if exhibit.told_at else None
    return {**plain, **listed, "told_at": told_at, "lines": lines}
