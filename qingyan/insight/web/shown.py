"""An exhibit as a page shows it: the server's own chart, the data for the browser's, and where its files are."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from qingyan.insight.queries.boards import Board
from qingyan.insight.rules.drawing import Drawing, drawing
from qingyan.insight.rules.exhibits import Exhibit, as_json
from qingyan.ui.charts import Frame, LineChart, line_chart

FILES = (("Excel", "xlsx"), ("PDF", "pdf"), ("JSON", "json"))


@dataclass(frozen=True)
class Span:
    """The interval of one point of a line: where it stands, and which line."""

    x: float
    low: float
    high: float
    index: int


@dataclass(frozen=True)
class Card:
    """One exhibit. One of `bars` and `lines` is there, and neither where nothing is told."""

    exhibit: Exhibit
    data: dict[str, Any]
    files: tuple[tuple[str, str], ...]
    bars: Drawing | None = None
    lines: LineChart | None = None
    spans: tuple[Span, ...] = ()

    @property
    def key(self) -> str:
        """The id of its data in the page."""
        return f"exhibit-{self.exhibit.code}"


def cards(board: Board, path: str) -> list[Card]:
    """The cards of a board whose page stands at this path."""
    return [card(one, partial(_file_below, path, one.code)) for one in board.exhibits]


def _file_below(path: str, code: str, kind: str) -> str:
    return f"{path}{code}/{kind}/"


def spans(exhibit: Exhibit, chart: LineChart) -> tuple[Span, ...]:
    """The 95 % intervals at the points of the server's chart of lines."""
    (bottom, low), (top, high) = ((one.at, float(one.word)) for one in (chart.y_ticks[0], chart.y_ticks[-1]))

    def at(value: float) -> float:
        return round(bottom + (value - low) / (high - low) * (top - bottom), 1)

    found = []
    for index, column in enumerate(exhibit.drawn):
        told = [figure for line in exhibit.lines if (figure := line.figures[column]).value is not None]
        for figure, point in zip(told, chart.lines[index].points, strict=True):
            if figure.low is not None and figure.high is not None:
                found.append(Span(point.x, at(figure.low), at(figure.high), index))
    return tuple(found)


def over_time(exhibit: Exhibit, frame: Frame | None = None) -> LineChart:
    """The server's chart of an exhibit of lines; something of it must be told."""
    series = [(exhibit.columns[one], [line.figures[one].value for line in exhibit.lines]) for one in exhibit.drawn]
    told = [line.figures[one] for line in exhibit.lines for one in exhibit.drawn]
    most = max(max(one.value, one.high or 0.0) for one in told if one.value is not None)
    return line_chart(series, labels=[line.label for line in exhibit.lines], limits=(0, most), frame=frame)


def card(exhibit: Exhibit, address: Callable[[str], str]) -> Card:
    """The card of one exhibit; `address` gives that of its file of a kind."""
    files = tuple((word, address(kind)) for word, kind in FILES)
    data = as_json(exhibit)
    if not exhibit.has_figures:
        return Card(exhibit, data, files)
    if exhibit.shape == "lines":
        chart = over_time(exhibit)
        return Card(exhibit, data, files, lines=chart, spans=spans(exhibit, chart))
    return Card(exhibit, data, files, bars=drawing(exhibit))
