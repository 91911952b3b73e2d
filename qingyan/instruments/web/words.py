"""Words for the closed vocabulary of instrument files, in the language of the page. Decides wording only."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingyan.instruments.contracts import Language
from qingyan.instruments.rules.schema import Condition, Instrument, Missing, Scale

LICENCES: Final[dict[str, Promise]] = {
    "free": gettext_lazy("可免费使用"),
    "public_domain": gettext_lazy("公有领域"),
    "permission": gettext_lazy("原题文须获授权"),
    "unclear": gettext_lazy("许可不明"),
}
WORDINGS: Final[dict[str, Promise]] = {
    "project": gettext_lazy("本项目自拟的简短表述"),
    "authorised": gettext_lazy("获授权的题文"),
    "public_domain": gettext_lazy("公有领域的题文"),
    "bring": gettext_lazy("题文由持有授权的单位导入"),
}
INFORMANTS: Final[dict[str, Promise]] = {
    "self": gettext_lazy("本人"),
    "parent": gettext_lazy("家长"),
    "teacher": gettext_lazy("老师"),
}
STAGES: Final[dict[str, Promise]] = {
    "primary": gettext_lazy("小学"),
    "junior": gettext_lazy("初中"),
    "senior": gettext_lazy("高中"),
    "vocational": gettext_lazy("中职"),
}
METHODS: Final[dict[str, Promise]] = {
    "sum": gettext_lazy("各题相加"),
    "mean": gettext_lazy("各题平均"),
    "weighted": gettext_lazy("加权相加"),
    "max": gettext_lazy("取最高一题"),
    "count_at_least": gettext_lazy("数一数不低于 {at_least} 的题"),
    "count_equal": gettext_lazy("数一数等于 {equal} 的题"),
    "psdi": gettext_lazy("不低于 {at_least} 的题的平均"),
    "t_score": gettext_lazy("按常模 {norm} 换算的 T 分"),
}
TREATMENTS: Final[dict[str, Promise]] = {
    "prorate": gettext_lazy("按已答的题折算"),
    "mean_of_answered": gettext_lazy("取已答题的平均"),
    "answered_only": gettext_lazy("只算已答的题"),
    "not_scorable": gettext_lazy("不计分"),
}
OPERATORS: Final[dict[str, Promise]] = {
    ">": gettext_lazy("大于"),
    ">=": gettext_lazy("不低于"),
    "<": gettext_lazy("小于"),
    "<=": gettext_lazy("不高于"),
    "==": gettext_lazy("等于"),
}
CONCERNS: Final[dict[str, Promise]] = {
    "suicidal_thought": gettext_lazy("不想活或想结束生命"),
    "suicide_attempt": gettext_lazy("曾尝试结束生命"),
    "self_harm": gettext_lazy("伤害自己"),
    "thought_of_death": gettext_lazy("想到死亡"),
    "life_worth": gettext_lazy("觉得活着没意思"),
    "harm_to_others": gettext_lazy("想伤害别人"),
    "damage": gettext_lazy("想摔坏东西"),
}
SCREENS: Final[dict[str, Promise]] = {
    "positive": gettext_lazy("筛查阳性"),
    "negative": gettext_lazy("筛查阴性"),
    "undecided": gettext_lazy("无法判断"),
}
REASONS: Final[dict[str, Promise]] = {
    "missing_answers": gettext_lazy("缺答太多"),
    "not_asked": gettext_lazy("按年龄没有问"),
    "no_positive_item": gettext_lazy("没有这样的题"),
}


def page_language() -> Language:
    """The language of instrument texts on this page: English where the page is English, else Chinese."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def method(scale: Scale) -> str:
    """How a scale is computed: "各题相加，再乘 2"."""
    words = str(METHODS[scale.method]).format(at_least=scale.at_least, equal=scale.equal, norm=scale.norm)
    if scale.multiplier != 1:
        words = _("%(method)s，再乘 %(times)d") % {"method": words, "times": scale.multiplier}
    if scale.digits:
        words = _("%(method)s，保留 %(digits)d 位小数") % {"method": words, "digits": scale.digits}
    return words


def percent_range(pair: tuple[float, float]) -> str:
    """A published range in percent: "94–97%", a single figure once."""
    return f"{pair[0]}%" if pair[0] == pair[1] else f"{pair[0]}–{pair[1]}%"


def missing(rule: Missing | None) -> str:
    """What unanswered items lead to."""
    if rule is None:
        return "—"
    limit = f"{rule.allow_percent}%" if rule.allow is None else _("%(count)d 题") % {"count": rule.allow}
    said: str = _("至多缺 %(limit)s，%(treatment)s") % {"limit": limit, "treatment": TREATMENTS[rule.treat]}
    return said


def condition(instrument: Instrument, one: Condition) -> str:
    """A condition as the file writes it: "总分 ≥ 160" in words, any of its scales."""
    titles = [instrument.scale(name).title.in_language(page_language()) for name in one.scales]
    joined = _("、").join(titles)
    subject = joined if len(titles) == 1 else _("%(scales)s 中任一项") % {"scales": joined}
    return f"{subject}{OPERATORS[one.op]} {one.value}"
