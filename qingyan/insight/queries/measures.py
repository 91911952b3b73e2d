"""The measures of the explorer: columns and figures of each topic, from told cells and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingyan.insight import words
from qingyan.insight.rules.exhibits import Said, said, said_share
from qingyan.insight.rules.reading import Cells, among, joined, share_of, size
from qingyan.insight.rules.shares import share
from qingyan.insight.rules.topics import ALERTS, COVERAGE, FACTORS, LEVELS, TIMELINESS, VALIDITY, WORKLOAD

DECIDED, JUDGED, CLOCK = ("reached", "not_reached"), ("sound", "doubtful"), ("on_time", "late", "waiting")


@dataclass(frozen=True)
class Measure:
    """`drawn`: the columns that the chart draws; `figures` gives one row."""

    columns: tuple[str, ...]
    figures: Callable[[Cells], tuple[Said, ...]]
    drawn: tuple[int, ...]
    shape: str = "bars"
    unit: str = "%"


def measure(topic: str, levels: Mapping[str, str]) -> Measure:
    """The measure of a topic; `levels`: the words of the band levels of the scales that are asked for."""
    made: dict[str, Callable[[], Measure]] = {
        LEVELS.code: _levels,
        VALIDITY.code: _validity,
        COVERAGE.code: _coverage,
        ALERTS.code: _alerts,
        TIMELINESS.code: _timeliness,
        WORKLOAD.code: _workload,
        FACTORS.code: lambda: _factors(levels),
    }
    return made[topic]()


def _levels() -> Measure:
    def figures(cells: Cells) -> tuple[Said, ...]:
        counts = (said(joined(cells, one)) for one in (*DECIDED, "undecided"))
        return (said(size(cells)), *counts, said_share(share_of(among(cells, DECIDED), "reached")))

    columns = (_("答卷"), _("到达筛查线"), _("未到达"), _("不能判定"), _("份额（95% 区间）"))
    return Measure(columns, figures, drawn=(4,))


def _validity() -> Measure:
    def figures(cells: Cells) -> tuple[Said, ...]:
        counts = (said(joined(cells, one)) for one in words.VERDICTS)
        return (*counts, said_share(share_of(among(cells, JUDGED), "doubtful")))

    return Measure((*map(str, words.VERDICTS.values()), _("存疑份额（95% 区间）")), figures, drawn=(3,))


def _coverage() -> Measure:
    def figures(cells: Cells) -> tuple[Said, ...]:
        invited, finished = joined(cells, "invited"), joined(cells, "finished")
        return (said(invited), said(finished), said_share(share(finished, invited), chance=False))

    return Measure((_("应参加"), _("已完成"), _("完成率")), figures, drawn=(2,))


def _alerts() -> Measure:
    def figures(cells: Cells) -> tuple[Said, ...]:
        counts = (said(joined(cells, one)) for one in (*words.ALERTS, "none"))
        return (*counts, *(said_share(share_of(cells, one)) for one in words.ALERTS))

    names = [str(one) for one in words.ALERTS.values()]
    shares = tuple(_("%(level)s（份额，95%% 区间）") % {"level": one} for one in names)
    return Measure((*names, _("没有提示"), *shares), figures, drawn=(4, 5, 6))


def _timeliness() -> Measure:
    def figures(cells: Cells) -> tuple[Said, ...]:
        counts = (said(joined(cells, one)) for one in CLOCK)
        return (said(size(cells)), *counts, said_share(share_of(cells, "on_time"), chance=False))

    return Measure((_("应完成"), _("按时"), _("超期完成"), _("超期未完成"), _("按时率")), figures, drawn=(4,))


def _workload() -> Measure:
    def figures(cells: Cells) -> tuple[Said, ...]:
        return (said(joined(cells, "count")),)

    return Measure((_("件数"),), figures, drawn=(0,), unit=_("件"))


def _factors(levels: Mapping[str, str]) -> Measure:
    def figures(cells: Cells) -> tuple[Said, ...]:
        counts = (said(joined(cells, one)) for one in levels)
        told = among(cells, levels)
        return (said(size(cells)), *counts, *(said_share(share_of(told, one)) for one in levels))

    shares = tuple(_("%(level)s（份额，95%% 区间）") % {"level": one} for one in levels.values())
    first = 1 + len(levels)
    drawn = tuple(range(first, first + len(levels)))
    return Measure((_("答卷"), *levels.values(), *shares), figures, drawn, shape="stack")
