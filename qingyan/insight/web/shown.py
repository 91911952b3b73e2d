"""An exhibit as a page shows it: the server's own chart, the data for the browser's, and where its files are."""

from dataclasses import dataclass
from typing import Any

from qingyan.insight.queries.boards import Board
from qingyan.insight.rules.drawing import Drawing, drawing
from qingyan.insight.rules.exhibits import Exhibit, as_json
from qingyan.ui.charts import Frame, LineChart, line_chart

FILES = (("Excel", "xlsx"), ("PDF", "pdf"), ("JSON", "json"))


@dataclass(frozen=True)
class Card:
    """One exhibit. One of `bars` and `lines` is there, and neither where nothing is told."""

    exhibit: Exhibit
    data: dict[str, Any]
    files: tuple[tuple[str, str], ...]
    bars: Drawing | None = None
    lines: LineChart | None = None

    @property
    def key(self) -> str:
        """The id of its data in the page."""
        return f"exhibit-{self.exhibit.code}"


def cards(board: Board, path: str) -> list[Card]:
    """The cards of a board whose page stands at this path."""
    return [_card(one, path) for one in board.exhibits]


def over_time(exhibit: Exhibit, frame: Frame | None = None) -> LineChart:
    """The server's chart of an exhibit of lines; something of it must be told."""
    series = [(exhibit.columns[one], [line.figures[one].value for line in exhibit.lines]) for one in exhibit.drawn]
    most = max(value for _word, values in series for value in values if value is not None)
    return line_chart(series, labels=[line.label for line in exhibit.lines], limits=(0, most), frame=frame)


def _card(exhibit: Exhibit, path: str) -> Card:
    files = tuple((word, f"{path}{exhibit.code}/{kind}/") for word, kind in FILES)
    data = as_json(exhibit)
    if not exhibit.has_figures:
        return Card(exhibit, data, files)
    if exhibit.shape == "lines":
        return Card(exhibit, data, files, lines=over_time(exhibit))
    return Card(exhibit, data, files, bars=drawing(exhibit))
