"""The simulator's comparison in words: lines for the table and the workbook, and the chart of hours."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.foundation.web.listing import Column
from qingyan.screening.queries.capacity import PERCENT, Cut, sharpness_of
from qingyan.screening.queries.past import Past, Pasts
from qingyan.screening.rules.capacity import Interval, Load, Stage, load
from qingyan.screening.rules.past import Counted
from qingyan.screening.rules.scenarios import Basis, Scenario, Settings
from qingyan.ui.charts import LineChart, line_chart

CAPACITY_COLUMNS = [
    Column("", gettext_lazy("哪条线")),
    Column("", gettext_lazy("依据")),
    Column("", gettext_lazy("受邀（人）"), numeric=True),
    Column("", gettext_lazy("被标出（%）"), numeric=True),
    Column("", gettext_lazy("要面谈（人）"), numeric=True),
    Column("", gettext_lazy("每位老师面谈（人）"), numeric=True),
    Column("", gettext_lazy("每位老师用时（小时）"), numeric=True),
    Column("", gettext_lazy("其中确实需要帮助（%）"), numeric=True),
    Column("", gettext_lazy("会漏掉（%）"), numeric=True),
]
TABLE_COLUMNS = [CAPACITY_COLUMNS[0], *CAPACITY_COLUMNS[2:]]  # on the page the basis stands under the cut-off
PAST_COLUMNS = [
    Column("", gettext_lazy("哪条线")),
    Column("", gettext_lazy("年级")),
    Column("", gettext_lazy("答卷（份）"), numeric=True),
    Column("", gettext_lazy("被标出（%）"), numeric=True),
    Column("", gettext_lazy("95% 区间（%）"), numeric=True),
]
CHART_SHARES = (3, 5, 8, 10, 15, 20, 25, 30)
DASH = "—"


@dataclass(frozen=True)
class Row:
    """One line as it is shown; `cells` follow CAPACITY_COLUMNS."""

    cells: tuple[str, ...]

    @property
    def figures(self) -> list[tuple[str | Promise, str, bool]]:
        """The figures: label, cell, whether it is a number."""
        return [
            (column.label, cell, column.numeric) for column, cell in zip(CAPACITY_COLUMNS, self.cells, strict=True)
        ][2:]

    @property
    def basis(self) -> str:
        """Where the figures come from; the page shows it under the cut-off."""
        return self.cells[1]

    @property
    def head(self) -> str:
        """The cut-off."""
        return self.cells[0]


def bases_of(cuts: Sequence[Cut], assumed: Interval | None, pasts: Pasts) -> list[Basis]:
    """Every basis of the chosen cut-offs: own earlier rounds, published accuracies, the share that was typed."""
    found = []
    for cut in cuts:
        for past in pasts.get(cut.key, ()):
            found.append(Basis(past_words(past), cut.label, cut.pupils, positive=past.whole.interval))
        for one in cut.complete:
            found.append(
                Basis(_("已发表：%(target)s") % {"target": one.target.zh}, cut.label, cut.pupils, sharpness_of(one))
            )
        if assumed is not None:
            found.append(Basis(_("自己假定的比例"), cut.label, cut.pupils, positive=assumed))
    return found


def past_words(past: Past) -> str:
    """Which earlier round a share comes from, and of how many sheets."""
    facts = {"round": past.title, "day": f"{past.opened:%Y-%m}", "n": past.whole.asked}
    return _("本校 %(day)s“%(round)s”，n=%(n)s") % facts if past.own else _("全市 %(day)s“%(round)s”，n=%(n)s") % facts


@dataclass(frozen=True)
class PastLine:
    """One counted share as the page shows it."""

    cut: str
    round: str
    who: str
    n: str
    share: str
    span: str


def past_lines(cuts: Sequence[Cut], pasts: Pasts) -> list[PastLine]:
    """Every counted share of the chosen cut-offs: the whole round first, then its grades."""
    found = []
    for cut in cuts:
        for past in pasts.get(cut.key, ()):
            groups = [(_("合计"), past.whole), *past.grades]
            found += [_past_line(cut.label, past_words(past), who, counted) for who, counted in groups]
    return found


def _past_line(cut: str, round_: str, who: str, counted: Counted) -> PastLine:
    percent = counted.interval.times(PERCENT)
    span = f"{percent.low:.1f}–{percent.high:.1f}"
    return PastLine(cut, round_, who, f"{counted.asked}", f"{counted.share * PERCENT:.1f}", span)


def rows_of(found: Sequence[Scenario]) -> list[Row]:
    """The lines of the comparison; a second step is a line of its own under the first."""
    rows = []
    for one in found:
        rows.append(_row(one, one.basis.cut, one.stage, one.load))
        if one.both is not None and one.both_load is not None:
            rows.append(_row(one, _("%(cut)s，再加第二步") % {"cut": one.basis.cut}, one.both, one.both_load))
    return rows


def hours_chart(pupils: int, settings: Settings) -> LineChart | None:
    """Hours of each counsellor by the share of pupils who are flagged: plain arithmetic, no study needed."""
    if settings.staff <= 0 or not pupils:
        return None
    found = [
        load(
            pupils=pupils,
            positive=Interval(share / PERCENT, share / PERCENT),
            staff=settings.staff,
            minutes=settings.minutes,
        )
        for share in CHART_SHARES
    ]
    hours = [round(one.hours.high, 1) if one.hours else None for one in found]
    return line_chart([(_("每位老师用时"), hours)], labels=[f"{share}%" for share in CHART_SHARES])


def _row(one: Scenario, cut: str, stage: Stage, asks: Load) -> Row:
    return Row(
        (
            cut,
            one.basis.label,
            f"{one.basis.pupils}",
            _span(stage.positive.times(PERCENT)),
            _span(asks.interviews),
            _span(asks.each),
            _span(asks.hours),
            _span(stage.ppv and stage.ppv.times(PERCENT)),
            _span(stage.missed and stage.missed.times(PERCENT)),
        )
    )


def _span(interval: Interval | None) -> str:
    """Low to high as a person reads it; whole numbers, one decimal below ten."""
    if interval is None:
        return DASH
    low, high = _figure(interval.low), _figure(interval.high)
    return low if low == high else f"{low}–{high}"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
