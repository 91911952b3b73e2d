"""Exhibits from told tables: each answers one question about one place, with figures of the tables and no others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.insight import words
from qingyan.insight.contracts import Occasion
from qingyan.insight.queries.names import Named, instrument_title, level_words, scale_title
from qingyan.insight.queries.tables import Table
from qingyan.insight.rules.cells import BANDS, SEXES, base_of
from qingyan.insight.rules.exhibits import Exhibit, Line, Said, said, said_number, said_share
from qingyan.insight.rules.reading import Cells, among, joined, parts, share_of, size, within
from qingyan.insight.rules.shares import share
from qingyan.insight.rules.topics import LEVELS, VALIDITY
from qingyan.insight.rules.totals import total

MOST_ROUNDS = 8
DECIDED, JUDGED = ("reached", "not_reached"), ("sound", "doubtful")


@dataclass(frozen=True)
class Labelled:
    """A told table with the words that stand for it in a row, and the month in which its occasion began."""

    label: str
    table: Table
    when: str = ""


def by_time(told: Iterable[Table], names: Mapping[Occasion, Named], *, most: int = MOST_ROUNDS) -> list[Labelled]:
    """Tables with the names of their occasions, the oldest first; the newest few."""
    known = [(names[one.occasion], one) for one in told if one.occasion in names]
    known.sort(key=lambda pair: (pair[0].began, pair[0].label))
    return [Labelled(name.label, one, f"{timezone.localtime(name.began):%Y-%m}") for name, one in known[-most:]]


def coverage(told: Sequence[Labelled], *, code: str, title: str, head: str) -> Exhibit:
    """Invited and finished, one line a round or a place."""
    lines = []
    for one in told:
        invited, finished = (joined(one.table.cells, category) for category in ("invited", "finished"))
        figures = (said(invited), said(finished), said_share(share(finished, invited), chance=False))
        lines.append(Line(one.label, figures))
    lead = _("应参加和做完的人数。没有做完的原因很多，不评价学校。")
    columns = (_("应参加"), _("已完成"), _("完成率"))
    return _made(told, code=code, title=title, lead=lead, head=head, columns=columns, lines=lines, drawn=(2,))


def levels_over_time(told: Sequence[Labelled]) -> Exhibit:
    """The share that reached the line, by instrument, round by round."""
    codes = list(dict.fromkeys(part for one in told for part in parts(one.table.cells)))
    if len(told) == 1:
        return _levels_once(told[0], codes)
    lines = [
        Line(
            one.when,
            tuple(
                said_share(share_of(among(within(one.table.cells, part=code), DECIDED), "reached")) for code in codes
            ),
        )
        for one in told
    ]
    return _made(
        told,
        code="levels",
        title=_("历次测评：需要进一步了解的份额"),
        lead=_("到达筛查线的份额，括号里是 95% 区间：区间重叠时，不要当作变化。筛查不是诊断。"),
        head=_("测评"),
        columns=tuple(instrument_title(code) for code in codes),
        lines=lines,
        drawn=tuple(range(len(codes))),
        shape="lines",
    )


def _levels_once(one: Labelled, codes: Sequence[str]) -> Exhibit:
    """A single round is no line over time."""
    lines = []
    for code in codes:
        cells = within(one.table.cells, part=code)
        figures = (said(size(cells)), said_share(share_of(among(cells, DECIDED), "reached")))
        lines.append(Line(instrument_title(code), figures))
    return _made(
        [one],
        code="levels",
        title=_("历次测评：需要进一步了解的份额"),
        lead=_("目前只有一轮（%(round)s），还看不出变化。括号里是 95%% 区间。筛查不是诊断。") % {"round": one.label},
        head=_("量表"),
        columns=(_("答卷"), _("份额（95% 区间）")),
        lines=lines,
        drawn=(1,),
    )


def levels_by_group(one: Labelled) -> Exhibit:
    """The newest round by instrument, band and sex."""
    lines = []
    there = {(key.part, key.band, key.sex) for key in one.table.cells}
    for code in parts(one.table.cells):
        for band, sex in ((band, sex) for band in BANDS for sex in SEXES if (code, band, sex) in there):
            cells = within(one.table.cells, part=code, band=band, sex=sex)
            label = f"{words.BANDS[band]} · {words.SEXES[sex]} · {instrument_title(code)}"
            share_there = said_share(share_of(among(cells, DECIDED), "reached"))
            lines.append(Line(label, (said(size(cells)), said(joined(cells, "reached")), share_there)))
    columns = (_("答卷"), _("到达筛查线"), _("份额（95% 区间）"))
    words_ = {"code": "groups", "title": _("学段和性别"), "lead": one.label, "head": _("组")}
    return _made([one], **words_, columns=columns, lines=lines, drawn=(2,))


def factors(one: Labelled) -> list[Exhibit]:
    """The scales of each instrument of the newest round, by level."""
    codes = list(dict.fromkeys(base_of(part) for part in parts(one.table.cells)))
    return [_factors_of(one, code, number) for number, code in enumerate(codes, start=1)]


def _factors_of(one: Labelled, code: str, number: int) -> Exhibit:
    scales = [part for part in parts(one.table.cells) if base_of(part) == code]
    levels: dict[str, str] = {}
    for part in scales:
        levels = {**level_words(part), **levels}
    lines = []
    for part in scales:
        cells = within(one.table.cells, part=part)
        shares = (said_share(share_of(among(cells, levels), level), chance=False) for level in levels)
        lines.append(Line(scale_title(part), (said(size(cells)), *shares)))
    return _made(
        [one],
        code=f"factors-{number}",
        title=instrument_title(code),
        lead=one.label,
        head=_("分量表"),
        columns=(_("答卷"), *levels.values()),
        lines=lines,
        drawn=tuple(range(1, len(levels) + 1)),
        shape="stack",
    )


def validity(one: Labelled) -> Exhibit:
    """How the sheets of the newest round were answered."""
    lines = []
    for code in parts(one.table.cells):
        cells = within(one.table.cells, part=code)
        counts = (said(joined(cells, verdict)) for verdict in words.VERDICTS)
        lines.append(
            Line(
                instrument_title(code), (*counts, said_share(share_of(among(cells, JUDGED), "doubtful"), chance=False))
            )
        )
    columns = (*(str(word) for word in words.VERDICTS.values()), _("存疑份额"))
    words_ = {"code": "validity", "title": _("作答质量"), "lead": one.label, "head": _("量表")}
    empty = why_nothing(VALIDITY.code, one.table.cells)
    return _made([one], **words_, columns=columns, lines=lines, drawn=(3,), empty=empty)


def steps_in_time(one: Labelled) -> Exhibit:
    """What was due and done in time, one line a step."""
    lines = [
        Line(str(words.STEPS.get(step, step)), _clock(within(one.table.cells, part=step)))
        for step in parts(one.table.cells)
    ]
    title = _("跟进是否按时") + f" · {one.label}"
    return _timeliness([one], "timeliness", title, _("环节"), lines)


def places_in_time(told: Sequence[Labelled], when: str) -> Exhibit:
    """What was due and done in time, all steps together, one line a place in the order of the register."""
    lines = [Line(one.label, _clock(one.table.cells)) for one in told]
    return _timeliness(told, "timeliness-places", _("各处跟进是否按时") + f" · {when}", _("地方"), lines)


def _timeliness(told: Sequence[Labelled], code: str, title: str, head: str, lines: list[Line]) -> Exhibit:
    columns = (_("应完成"), _("按时"), _("超期完成"), _("超期未完成"), _("按时率"))
    lead = _("只看有没有按时做到，不按学生的情况给学校排名。")
    return _made(told, code=code, title=title, lead=lead, head=head, columns=columns, lines=lines, drawn=(4,))


def _clock(cells: Cells) -> tuple[Said, ...]:
    """A step with something hidden still has a share: of those steps that are told as a whole."""
    counts = [joined(cells, category) for category in ("on_time", "late", "waiting")]
    return (said(total(counts)), *(said(one) for one in counts), said_share(share_of(cells, "on_time"), chance=False))


def alerts(one: Labelled) -> Exhibit:
    """Present pupils by their most urgent alert of the term, by sex."""
    lines = []
    for level, word in words.ALERTS.items():
        by_sex = (said(joined(within(one.table.cells, sex=sex), level)) for sex in ("F", "M"))
        whole = said(joined(one.table.cells, level))
        lines.append(Line(str(word), (*by_sex, whole, said_share(share_of(one.table.cells, level), chance=False))))
    return _made(
        [one],
        code="alerts",
        title=_("本学期的提示"),
        lead=_("按每人最急的一条提示。提示由软件按规则给出，不是结论，等人去了解。"),
        head=_("提示"),
        columns=(_("女生"), _("男生"), _("合计"), _("占在校学生")),
        lines=lines,
        drawn=(3,),
        tones=tuple(words.ALERTS),
    )


def workload(one: Labelled, counsellors: int) -> Exhibit:
    """How much was done, and how much that is for each counsellor."""
    lines = []
    for kind, word in words.WORK.items():
        if kind in parts(one.table.cells):
            figure = joined(within(one.table.cells, part=kind), "count")
            each = None if figure.value is None or not counsellors else figure.value / counsellors
            lines.append(Line(str(word), (said(figure), said_number(each))))
    lead = _("心理教师 %(count)s 人。") % {"count": counsellors} + f" {one.label}"
    columns = (_("件数"), _("平均每位心理教师"))
    words_ = {"code": "workload", "title": _("心理教师的工作量"), "lead": lead, "head": _("工作")}
    return _made([one], **words_, columns=columns, lines=lines, drawn=(1,), unit=_("件"))


def why_nothing(topic: str, cells: Cells) -> str:
    """Why no share of these cells is told, where the truth is another than that the group is small."""
    counted = size(cells)
    if counted.value == 0:
        return _("还没有可以计数的答卷或事项。")
    decided = {VALIDITY.code: JUDGED, LEVELS.code: DECIDED}.get(topic)
    if decided is None or size(among(cells, decided)).value != 0:
        return ""
    if topic == VALIDITY.code:
        return _("这些答卷还没有判定作答质量，所以没有存疑份额；答卷数见下面的表格。")
    return _("这些答卷不能判定是否到达筛查线，所以没有份额；答卷数见下面的表格。")


def _made(told: Sequence[Labelled], *, lines: list[Line], **rest: Any) -> Exhibit:
    return Exhibit(
        lines=tuple(lines),
        told_at=max((one.table.released_at for one in told), default=None),
        digests=tuple(one.table.digest for one in told),
        **rest,
    )
