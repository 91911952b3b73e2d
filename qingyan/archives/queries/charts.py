"""A pupil's results over time as charts: one for each instrument, with the highest of its charted scales."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from qingyan.archives.contracts import EntryFacts, Number, Reading
from qingyan.ui.charts import LineChart, line_chart

SERIES_SHOWN = 4  # more lines than this cannot be told apart


@dataclass(frozen=True)
class ChartOfScales:
    """One chart: its title, the chart, and in words what it shows."""

    title: str
    chart: LineChart
    summary: str


def charts_of(entries: list[tuple[EntryFacts, Reading]]) -> list[ChartOfScales]:
    """Charts in the order of the groups' newest entries."""
    groups: dict[str, list[tuple[datetime, Reading]]] = {}
    for entry, reading in entries:
        if reading.group:
            groups.setdefault(reading.group, []).append((entry.at, reading))
    return [_chart(title, list(reversed(found))) for title, found in groups.items() if _has_values(found)]


def _has_values(found: list[tuple[datetime, Reading]]) -> bool:
    return any(scale.charted and scale.value is not None for _, reading in found for scale in reading.scales)


def _chart(title: str, found: list[tuple[datetime, Reading]]) -> ChartOfScales:
    chosen = _highest(found[-1][1])
    labels = [f"{timezone.localtime(at):%Y-%m}" for at, _ in found]
    series = [(name, [_value(reading, scale) for _, reading in found]) for scale, name in chosen.items()]
    words = "；".join(f"{name} {' → '.join(_word(value) for value in values)}" for name, values in series)
    return ChartOfScales(title, line_chart(series, labels=labels), words)


def _highest(newest: Reading) -> dict[str, str]:
    """The scales that were highest last time; the charted scales of an instrument share one unit."""
    scales = sorted((scale for scale in newest.scales if scale.charted), key=lambda scale: -(scale.value or 0))
    return {scale.scale: scale.title for scale in scales[:SERIES_SHOWN]}


def _word(value: Number | None) -> str:
    return "—" if value is None else f"{value:g}"


def _value(reading: Reading, scale_id: str) -> Number | None:
    return next((scale.value for scale in reading.scales if scale.scale == scale_id), None)
