"""Charts over time: one for each instrument, the highest scales of last time, gaps stay gaps."""

from datetime import UTC, datetime
from uuid import uuid4

from qingyan.archives.contracts import EntryFacts, Reading, ScaleReading
from qingyan.archives.queries.charts import charts_of


def one(month: int, group: str, **values: float | None) -> tuple[EntryFacts, Reading]:
    scales = tuple(ScaleReading(name, name.upper(), value, charted=name != "total") for name, value in values.items())
    at = datetime(2026, month, 1, tzinfo=UTC)
    return EntryFacts("result", at, "", uuid4(), uuid4(), {}), Reading(title=group, group=group, scales=scales)


def test_each_instrument_has_one_chart_in_the_order_of_time():
    charts = charts_of([one(11, "A", x=3.0), one(10, "B", y=1.0), one(4, "B", y=1.5), one(3, "A", x=2.0)])
    assert [chart.title for chart in charts] == ["A", "B"]
    (line,) = charts[0].chart.lines
    assert [(point.when, point.value) for point in line.points] == [("2026-03", "2"), ("2026-11", "3")]
    assert charts[0].summary == "X 2 → 3"


def test_the_three_highest_scales_of_last_time_are_drawn_and_the_sum_is_not():
    values = {"total": 300, "a": 1, "b": 5, "c": 4, "d": 3, "e": 2}
    (chart,) = charts_of([one(11, "A", **values), one(5, "A", **values)])
    assert [line.word for line in chart.chart.lines] == ["B", "C", "D"]


def test_the_axis_is_the_range_of_the_scale_whatever_the_values_are():
    def ranged(month: int, value: float):
        at = datetime(2026, month, 1, tzinfo=UTC)
        scale = ScaleReading("x", "X", value, charted=True, lowest=1, highest=5)
        return EntryFacts("result", at, "", uuid4(), uuid4(), {}), Reading(title="A", group="A", scales=(scale,))

    (chart,) = charts_of([ranged(11, 1.2), ranged(5, 1.1)])
    assert [tick.word for tick in chart.chart.y_ticks] == ["1", "2", "3", "4", "5"]


def test_a_missing_value_is_a_gap():
    (chart,) = charts_of([one(11, "A", x=3.0), one(10, "A", x=None), one(9, "A", x=1.0)])
    assert chart.summary == "X 1 → — → 3"
    assert chart.chart.lines[0].path.count("M") == 2


def test_one_result_alone_and_results_without_values_are_no_course():
    assert charts_of([one(11, "A", x=3.0), one(10, "A", x=None), one(10, "", x=1.0), one(9, "", x=1.0)]) == []
