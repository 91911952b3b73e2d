"""A pupil's results over time as charts: one for each instrument that was answered more than once."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from qingyan.archives.contracts import EntryFacts, Number, Reading
from qingyan.ui.charts import LineChart, line_chart

SERIES_SHOWN = 3  # more lines than this cannot be told apart


@dataclass(frozen=True)
class ChartOfScales:
    """One chart: its title, the chart, and in words what it shows."""

    title: str
    chart: LineChart
    summary: str


def charts_of(entries: list[tuple[EntryFacts, Reading]]) -> list[ChartOfScales]:
    """Charts in the order of the groups' newest entries; one result alone is told by the table."""
    groups: dict[str, list[tuple[datetime, Reading]]] = {}
    for entry, reading in entries:
        if reading.group:
            groups.setdefault(reading.group, []).append((entry.at, reading))
    return [_chart(title, list(reversed(found))) for title, found in groups.items() if _has_course(found)]


def _has_course(found: list[tuple[datetime, Reading]]) -> bool:
    drawn = [any(scale.charted and scale.value is not None for scale in reading.scales) for _, reading in found]
    return sum(drawn) > 1


def _chart(title: str, found: list[tuple[datetime, Reading]]) -> ChartOfScales:
    chosen = _highest(found[-1][1])
    labels = [f"{timezone.localtime(at):%Y-%m}" for at, _ in found]
    series = [(name, [_value(reading, scale) for _, reading in found]) for scale, name in chosen.items()]
    words = "；".join(f"{name} {' → '.join(_word(value) for value in values)}" for name, values in series)
    return ChartOfScales(title, line_chart(series, labels=labels, limits=_limits(found[-1][1], chosen)), words)


def _highest(newest: Reading) -> dict[str, str]:
    """The scales that were highest last time; the charted scales of an instrument share one unit."""
    scales = sorted((scale for scale in newest.scales if scale.charted), key=lambda scale: -(scale.value or 0))
    return {scale.scale: scale.title for scale in scales[:SERIES_SHOWN]}


def _limits(newest: Reading, chosen: dict[str, str]) -> tuple[float, float] | None:
    """The scales' own range, so that two charts of one instrument look alike; None when it is not fixed."""
    ends = [(scale.lowest, scale.highest) for scale in newest.scales if scale.scale in chosen]
    known = [(low, high) for low, high in ends if low is not None and high is not None]
    return (min(low for low, _ in known), max(high for _, high in known)) if len(known) == len(ends) else None


def _word(value: Number | None) -> str:
    return "—" if value is None else f"{value:g}"


def _value(reading: Reading, scale_id: str) -> Number | None:
    return next((scale.value for scale in reading.scales if scale.scale == scale_id), None)
