"""The panels of the big screen: geometry for a wide, dark page that is read from ten metres."""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from qingyan.insight.queries.screens import Screen
from qingyan.insight.rules.exhibits import Exhibit, Said
from qingyan.insight.web.shown import over_time
from qingyan.ui.charts import Frame

RADIUS, MIDDLE = 52, 64
STEPS_SHOWN, GROUPS_SHOWN, SCALES_SHOWN, RINGS_SHOWN = 6, 7, 12, 4
LEVELS_FRAME = Frame(width=900, height=300, top=30, right=30, bottom=40, left=58)


@dataclass(frozen=True)
class Meter:
    """One row with a bar: `share` of the width in per cent; the interval from `low`, `width` wide, where known."""

    label: str
    text: str
    share: float
    note: str = ""
    low: float | None = None
    width: float = 0.0


@dataclass(frozen=True)
class Ring:
    """An arc: the path of what is reached, and its words."""

    label: str
    text: str
    note: str
    path: str


def panels(screen: Screen) -> dict[str, Any]:
    """Everything that the templates draw; a panel without figures is None or empty."""
    levels, scales = screen.exhibit("levels"), screen.scales
    return {
        "rings": _rings(screen.exhibit("coverage-places")),
        "levels": over_time(levels, LEVELS_FRAME) if levels and levels.shape == "lines" else None,
        "once": _meters(levels, 1, GROUPS_SHOWN, note=0) if levels and levels.shape == "bars" else [],
        "groups": _meters(screen.exhibit("groups"), 2, GROUPS_SHOWN, note=0),
        "steps": _meters(screen.exhibit("timeliness"), 4, STEPS_SHOWN, note=0, whole=100.0),
        "scales_title": scales.title if scales else "",
        "scales": _meters(scales, len(scales.columns) - 1, SCALES_SHOWN) if scales else [],
        "alerts": screen.exhibit("alerts"),
        "workload": screen.board.exhibit("workload"),
    }


def _meters(
    exhibit: Exhibit | None, column: int, shown: int, *, note: int | None = None, whole: float = 0.0
) -> list[Meter]:
    """Rows of one column that are told; the longest bar fills the width unless `whole` says what does."""
    if exhibit is None:
        return []
    lines = [line for line in exhibit.lines if line.figures[column].value is not None][:shown]
    figures = [line.figures[column] for line in lines]
    top = whole or max((max(one.value or 0.0, one.high or 0.0) for one in figures), default=0.0) or 1.0
    notes = [line.figures[note].text if note is not None else "" for line in lines]
    return [_meter(line.label, line.figures[column], top, word) for line, word in zip(lines, notes, strict=True)]


def _meter(label: str, figure: Said, top: float, note: str) -> Meter:
    share, text = round(100 * (figure.value or 0.0) / top, 1), figure.text.partition("（")[0]
    if figure.low is None or figure.high is None:
        return Meter(label, text, share, note)
    low, high = 100 * figure.low / top, 100 * figure.high / top
    return Meter(label, text, share, note, round(low, 1), round(high - low, 1))


def _rings(exhibit: Exhibit | None) -> list[Ring]:
    lines = exhibit.lines[:RINGS_SHOWN] if exhibit else ()
    return [
        Ring(
            line.label, line.figures[2].text, f"{line.figures[1].text} / {line.figures[0].text}", _arc(line.figures[2])
        )
        for line in lines
    ]


def _arc(figure: Said) -> str:
    """Clockwise from the top. A full ring is left open by a hair, else its ends would be one point."""
    turn = min((figure.value or 0.0) / 100, 0.9999) * 2 * pi
    x, y = MIDDLE + RADIUS * sin(turn), MIDDLE - RADIUS * cos(turn)
    return f"M{MIDDLE} {MIDDLE - RADIUS}A{RADIUS} {RADIUS} 0 {int(turn > pi)} 1 {x:.2f} {y:.2f}"
