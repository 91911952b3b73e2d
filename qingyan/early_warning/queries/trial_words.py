"""The trial and the nightly look in words and whole per cents. Counts are rounded to five: no night shows one pupil."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qingyan.early_warning.models import ModelNight
from qingyan.early_warning.queries import point_packs
from qingyan.early_warning.queries.trials import Standing
from qingyan.early_warning.rules.readiness import Condition
from qingyan.early_warning.rules.trial import ORDERS
from qingyan.early_warning.rules.watch import OUTCOME, Verdict

COUNTED_EXACTLY = frozenset({"days", "nights", "schools"})


@dataclass(frozen=True)
class Figure:
    """A share and its interval, in whole per cents."""

    value: int
    low: int
    high: int


@dataclass(frozen=True)
class OrderLine:
    """One order: the share of true ones among those who can be seen, and the share found in the first tenth."""

    words: str
    capacity: Figure | None
    tenth: Figure | None


@dataclass(frozen=True)
class ConditionLine:
    """One condition of switching on. `progress` is "" where there is nothing to count."""

    words: str
    met: bool
    progress: str


@dataclass(frozen=True)
class Look:
    """The last nightly look: when, what it says, and the stability index of each sign as far as there are enough."""

    at: datetime
    words: str
    shifts: list[tuple[str, float]]


def about(count: int) -> int:
    """Rounded down to five."""
    return count // 5 * 5


def order_words() -> dict[str, str]:
    """The three orders."""
    return {"plain": _("原来的次序"), "points": _("积分"), "model": _("模型")}


def orders(figures: Mapping[str, Any] | None) -> list[OrderLine]:
    """The table of the trial; empty until enough outcomes are there."""
    told, words = (figures or {}).get("orders"), order_words()
    if not told:
        return []
    return [OrderLine(words[code], _figure(told[code]["capacity"]), _figure(told[code]["tenth"])) for code in ORDERS]


def gains(figures: Mapping[str, Any] | None) -> list[tuple[str, Figure | None]]:
    """By how many points of a hundred the model is above the plain order, in both measures."""
    told = (figures or {}).get("gain")
    if not told:
        return []
    return [(_("能谈的人里确实需要的"), _figure(told["capacity"])), (_("最前一成里找到的"), _figure(told["tenth"]))]


def groups(figures: Mapping[str, Any] | None) -> list[tuple[str, list[tuple[str, int]] | None]]:
    """For each group the share found in the first tenth by each of ORDERS, named; None where there are too few."""
    words = {"girls": _("女生"), "boys": _("男生")}
    told = (figures or {}).get("groups") or {}
    return [
        (
            words.get(name, name),
            None if one is None else [(order_words()[code], round(100 * one[code])) for code in ORDERS],
        )
        for name, one in told.items()
    ]


def conditions(standing: Standing) -> list[ConditionLine]:
    """What has to be true before the model may be offered for ordering, and how far it is."""
    words = {
        "days": _("试行的天数"),
        "nights": _("记下的夜数"),
        "outcomes": _("已有结果的次数（需要和不需要关怀的都要有足够的数）"),
        "schools": _("有结果的学校数"),
        "skill": _("模型自己的次序比碰运气好，连区间的下限也是"),
        "order": _("不比原来的次序差：两个数字都不低，区间也不允许差很多"),
        "groups": _("您本人最近看过分组的数字"),
    }
    return [ConditionLine(words[one.code], one.met, _progress(one)) for one in standing.conditions]


def look(city_id: int, night: ModelNight | None) -> Look | None:
    """The last nightly look in words; None before the first."""
    if night is None:
        return None
    words = {
        Verdict.TOO_FEW: _("人数还太少，看不出有没有变化。"),
        Verdict.STEADY: _("迹象和结果与学习时相近。"),
        Verdict.WATCHED: _("迹象或者结果有些变化，继续观察。"),
        Verdict.SHIFTED: _("迹象或者结果与学习时已经明显不同。"),
        Verdict.UNFIT: _("积分规则的迹象换过了，这个模型已经不合用。"),
        Verdict.CHANCE: _("模型的次序看不出比碰运气好。"),
    }
    return Look(night.at, words[Verdict(night.watch["verdict"])], _shifts(city_id, night.watch))


def _shifts(city_id: int, watch: Mapping[str, Any]) -> list[tuple[str, float]]:
    signs = {sign.code: sign.words for sign in point_packs.current(city_id).pack.signs}
    told = [(_(signs.get(code, code)), value) for code, value in watch["signs"].items()]
    return told if watch.get(OUTCOME) is None else [*told, (_("了解以后的结果"), watch[OUTCOME])]


def _progress(one: Condition) -> str:
    if one.have is None or one.need is None:
        return ""
    return f"{one.have if one.code in COUNTED_EXACTLY else about(one.have)} / {one.need}"


def _figure(told: list[float] | None) -> Figure | None:
    return None if told is None else Figure(*(round(100 * one) for one in told))
