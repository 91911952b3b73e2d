"""Item and scale analysis of a district or the city, from what was told of its scales. Permission comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.insight.contracts import Occasion
from qingyan.insight.models import ReleasedScale
from qingyan.insight.policy import READ_CITY_BOARD, READ_DISTRICT_BOARD
from qingyan.insight.queries.boards import Board
from qingyan.insight.queries.names import instrument_title, named, scale_title
from qingyan.insight.rules.cells import CITY, DISTRICT, Place
from qingyan.insight.rules.exhibits import UNTOLD, Exhibit, Line, Said
from qingyan.organisations import api as organisations

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class ScaleBoard:
    """The board, the rounds and instruments to choose from, and what is chosen (empty: nothing was told yet)."""

    board: Board
    rounds: Options
    instruments: Options
    round: str = ""
    instrument: str = ""


def scale_board(actor: Actor, level: str, number: int, *, asked_round: str, asked_instrument: str) -> ScaleBoard:
    """Of the asked round and instrument, else the newest and the first. Raises NotVisible."""
    place, name = _place(actor, level, number)
    told = ReleasedScale.objects.filter(current=True, level=place.level, place=place.id)
    there = list(told.order_by().values_list("round_id", "instrument", "version").distinct())
    names = named(Occasion(round=one) for one in {row[0] for row in there})
    by_time = sorted(
        {row[0] for row in there} & {one.round for one in names}, key=lambda one: names[Occasion(one)].began
    )
    rounds = [(str(one), _when(names[Occasion(one)])) for one in reversed(by_time)]
    chosen = _picked(asked_round, rounds)
    kinds = sorted({f"{code}@{version}" for one, code, version in there if str(one) == chosen})
    instruments = [(kind, _kind_title(kind, kinds)) for kind in kinds]
    kind = _picked(asked_instrument, instruments)
    if not kind:
        return ScaleBoard(Board(place, name, (), None, ""), rounds, instruments)
    code, _at, version = kind.partition("@")
    rows = list(told.filter(round_id=chosen, instrument=code, version=version).order_by("position"))
    lead = dict(rounds)[chosen]
    exhibits = (_scales(rows, lead), *(_items(row, number, lead) for number, row in enumerate(rows, start=1)))
    newest = max(row.released_at for row in rows)
    return ScaleBoard(Board(place, name, exhibits, newest, ""), rounds, instruments, chosen, kind)


def _place(actor: Actor, level: str, number: int) -> tuple[Place, str]:
    if level == CITY:
        city = organisations.the_city()
        if city is None or city.id != number:
            raise NotVisible(READ_CITY_BOARD.code)
        require(actor, READ_CITY_BOARD, city)
        return Place(CITY, city.id), city.name
    district = next((one for one in organisations.districts() if one.id == number), None)
    if level != DISTRICT or district is None:
        raise NotVisible(READ_DISTRICT_BOARD.code)
    require(actor, READ_DISTRICT_BOARD, district)
    return Place(DISTRICT, district.id), district.name


def _when(one: Any) -> str:
    return f"{one.label}（{timezone.localtime(one.began):%Y-%m}）"


def _kind_title(kind: str, kinds: Sequence[str]) -> str:
    """The title; with the version where two versions of an instrument were used."""
    code, _at, version = kind.partition("@")
    twice = sum(one.partition("@")[0] == code for one in kinds) > 1
    return instrument_title(code) + (f" {version}" if twice else "")


def _picked(asked: str, options: Options) -> str:
    values = [value for value, _words in options]
    return asked if asked in values else next(iter(values), "")


def _scales(rows: Sequence[ReleasedScale], lead: str) -> Exhibit:
    """One line a scale: how well its items hang together."""
    lines = [
        Line(
            _title(row),
            (
                Said(f"{row.sheets:,}", float(row.sheets)),
                Said(str(len(row.told["items"])), float(len(row.told["items"]))),
                _interval(row.told),
                _two(row.told["standardised"]),
                _two(row.told["omega"]),
                _two(row.told["together"]),
            ),
        )
        for row in rows
    ]
    columns = (_("答卷"), _("题数"), _("α（95% 区间）"), _("标准化 α"), _("ω"), _("题间平均相关"))
    title = _("各分量表的内部一致性")
    return _made(
        rows, code="scales", title=title, lead=lead, head=_("分量表"), columns=columns, lines=lines, drawn=(2,)
    )


def _items(row: ReleasedScale, number: int, lead: str) -> Exhibit:
    """One line an item, by its place in the sheet; its words are not repeated here."""
    lines = [
        Line(
            _("第 %(place)s 题") % {"place": item["position"]},
            (
                _two(item["rest"]),
                _two(item["without"]),
                *(_share(item[name], row.sheets) for name in ("missing", "lowest", "highest")),
            ),
        )
        for item in row.told["items"]
    ]
    columns = (_("与其余题的相关"), _("去掉该题后的 α"), _("未答"), _("选最低分"), _("选最高分"))
    title = _("%(scale)s：逐题") % {"scale": _title(row)}
    code = f"items-{number}"
    return _made([row], code=code, title=title, lead=lead, head=_("题目"), columns=columns, lines=lines, drawn=(0,))


def _made(rows: Sequence[ReleasedScale], *, lines: list[Line], **rest: Any) -> Exhibit:
    told_at, digests = max(row.released_at for row in rows), tuple(row.digest for row in rows)
    return Exhibit(lines=tuple(lines), unit="", told_at=told_at, digests=digests, **rest)


def _title(row: ReleasedScale) -> str:
    return scale_title(f"{row.instrument}:{row.scale}")


def _interval(told: dict[str, Any]) -> Said:
    alpha, low, high = told["alpha"], told["low"], told["high"]
    if alpha is None or low is None or high is None:
        return _two(alpha)
    return Said(f"{alpha:.2f}（{low:.2f}–{high:.2f}）", alpha, low, high)


def _two(value: float | None) -> Said:
    return Said(UNTOLD) if value is None else Said(f"{value:.2f}", value)


def _share(count: int | None, of: int) -> Said:
    """A whole per cent of told figures."""
    if count is None:
        return Said(UNTOLD)
    share = min(100.0, 100 * count / of)
    return Said(f"{share:.0f}%", round(share))
