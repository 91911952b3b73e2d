"""Writes the clinicians' manual from the instrument files, so that paper and code cannot disagree.

Decides the words around the data only. A claim not read at its source is marked 待核实 wherever it appears.
"""

from collections.abc import Iterator, Sequence

from qingyan.instruments.rules.schema import Instrument, Option, Scale, ScreenRule
from qingyan.instruments.rules.vocabulary import Evidence

METHODS = {
    "sum": "各题相加",
    "mean": "各题平均",
    "weighted": "加权相加",
    "max": "取最高一题",
    "count_at_least": "计数：不低于 {at_least} 的题数",
    "count_equal": "计数：等于 {equal} 的题数",
    "psdi": "不低于 {at_least} 的题的平均（没有这样的题时无值）",
    "t_score": "T 分（常模 {norm}）",
}
TREATMENTS = {
    "prorate": "按已答题折算",
    "mean_of_answered": "取已答题的平均",
    "answered_only": "只按已答题",
    "not_scorable": "不计分",
}
WORDINGS = {
    "project": "本项目自拟的简短表述",
    "authorised": "获授权的题文",
    "public_domain": "公有领域的题文",
    "bring": "只有计分键；题文由持有授权的单位导入，导入之前不能用于普查",
}
STAGES = {"primary": "小学", "junior": "初中", "senior": "高中", "vocational": "中职"}


def manual(instruments: Sequence[tuple[Instrument, str]]) -> str:
    """Markdown for (instrument, sha-256) pairs, in the order given."""
    lines = [
        "# 量表手册",
        "",
        "本页由 `qingyan/instruments/library/` 中的文件生成，请勿手改。",
        "除注明由单位导入的以外，题目文字是本项目自拟的简短表述，不是任何已出版的译本，也未作为译本验证。",
        "标有“待核实”的依据尚未在原始出处读到，用于临床判断之前须由专业人员核对。",
        "分段与筛查按四舍五入后的分值判断；筛查阳性是“找他聊聊”的理由，不是结论。",
        "",
        *(f"- [{instrument.title.zh}](#{instrument.code})" for instrument, _ in instruments),
    ]
    for instrument, digest in instruments:
        lines += ["", *_instrument(instrument, digest)]
    return "\n".join(lines) + "\n"


def _instrument(instrument: Instrument, digest: str) -> Iterator[str]:
    audience = instrument.audience
    yield f'<a id="{instrument.code}"></a>'
    yield ""
    yield f"## {instrument.title.zh}"
    yield ""
    yield instrument.description.zh
    yield ""
    yield f"- 代码与版本：`{instrument.code}` {instrument.version}，SHA-256 `{digest[:16]}…`"
    yield f"- 学生看到的名称：{instrument.public_title.zh}"
    yield f"- 来源：{instrument.source.citation}"
    yield f"- 许可：{instrument.source.licence}（{_evidence(instrument.source.licence_evidence)}）"
    yield f"- 题文：{WORDINGS[instrument.wording.kind]}"
    yield f"- 年龄：{audience.ages[0]}–{audience.ages[1]} 岁（{_evidence(audience.age_evidence)}）"
    stages = "、".join(STAGES[stage] for stage in audience.stages) or "无"
    yield f"- 建议学段：{stages}（{_evidence(audience.stages_evidence)}）"
    days = f"（{audience.recall.days} 天）" if audience.recall.days else ""
    yield f"- 时间范围：{audience.recall.words.zh}{days}"
    yield ""
    yield from _items(instrument)
    yield from _scales(instrument)
    yield from _screens(instrument)
    yield from _validity(instrument)
    yield from _accuracy(instrument)
    yield from _numbers(instrument)


def _items(instrument: Instrument) -> Iterator[str]:
    yield "### 题目"
    yield ""
    for name, options in instrument.options.items():
        yield f"- 选项 {name}：" + "，".join(_option(option) for option in options)
    yield ""
    for item in instrument.items:
        marks = [f"选项 {item.options}"] if len(instrument.options) > 1 else []
        marks += ["反向计分"] if item.reverse else []
        marks += ["不计分"] if item.unscored else []
        marks += ["**关键题**"] if item.critical else []
        marks += ["留意"] if item.watch else []
        marks += [f"满 {item.min_age} 岁才出现"] if item.min_age else []
        yield f"1. {item.text.zh if item.text else '（题文由持有授权的单位导入）'}" + (
            f"（{'；'.join(marks)}）" if marks else ""
        )
    yield ""


def _option(option: Option) -> str:
    return f"{option.value} {option.label.zh}" if option.label else f"{option.value}"


def _scales(instrument: Instrument) -> Iterator[str]:
    yield "### 维度"
    yield ""
    yield "| 维度 | 说明 | 题目 | 算法 | 缺答 | 分段 |"
    yield "|---|---|---|---|---|---|"
    for scale in instrument.scales:
        yield (
            f"| {scale.title.zh} `{scale.id}` | {scale.plain.zh} | {_item_numbers(instrument, scale)} "
            f"| {_method(scale)} | {_missing(scale)} | {_bands(scale)} |"
        )
    yield ""
    cutoffs = {_evidence(scale.cutoff_evidence) for scale in instrument.scales if scale.cutoff_evidence}
    missing = {_evidence(scale.missing.evidence) for scale in instrument.scales if scale.missing}
    yield from (f"- 分段依据：{text}" for text in sorted(cutoffs))
    yield from (f"- 缺答依据：{text}" for text in sorted(missing))
    yield ""


def _screens(instrument: Instrument) -> Iterator[str]:
    yield "### 筛查规则"
    yield ""
    if not instrument.screens:
        yield "没有筛查规则，只有分段。"
    for number, rule in enumerate(instrument.screens):
        yield f"- {rule.title.zh} `{rule.id}`{'（默认）' if number == 0 else ''}：{_rule_source(rule)}"
    yield ""


def _validity(instrument: Instrument) -> Iterator[str]:
    if not instrument.validity:
        return
    yield "### 效度（是否如实作答）"
    yield ""
    for number, rule in enumerate(instrument.validity):
        default = "（默认）" if number == 0 else ""
        title = instrument.scale(rule.scale).title.zh
        yield (
            f"- {rule.title.zh} `{rule.id}`{default}：{title} {rule.op} {rule.value}。{rule.reason.zh}"
            f"（{_evidence(rule.evidence)}）"
        )
    yield ""


def _accuracy(instrument: Instrument) -> Iterator[str]:
    if not instrument.accuracy:
        return
    yield "### 筛查准确度（已发表的研究）"
    yield ""
    yield "| 规则 | 判断什么 | 对照 | 灵敏度 % | 特异度 % | 阳性预测值 % | AUC | 样本 | 依据 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for one in instrument.accuracy:
        size = f"，n={one.n}" if one.n else ""
        size += f"（访谈 {one.interviewed} 人）" if one.interviewed else ""
        figures = " | ".join(_range(pair) for pair in (one.sensitivity, one.specificity, one.ppv, one.auc))
        yield (
            f"| `{one.screen}` | {one.target.zh} | {one.reference} | {figures} "
            f"| {one.sample.zh}{size} | {_evidence(one.evidence)} |"
        )
    yield ""


def _range(pair: tuple[float, float] | None) -> str:
    if pair is None:
        return "—"
    return f"{pair[0]}" if pair[0] == pair[1] else f"{pair[0]}–{pair[1]}"


def _numbers(instrument: Instrument) -> Iterator[str]:
    if instrument.norms or instrument.reliable_change or instrument.notes:
        yield "### 常模与说明"
        yield ""
    for norm in instrument.norms:
        yield (
            f"- 常模 `{norm.id}`：{instrument.scale(norm.scale).title.zh} {norm.mean}±{norm.sd}，"
            f"{norm.sample}，n={norm.n}，{norm.year}（{_evidence(norm.evidence)}）"
        )
    for change in instrument.reliable_change:
        title = instrument.scale(change.scale).title.zh
        yield f"- 可靠变化：{title}相差 {change.points} 分以上（{_evidence(change.evidence)}）"
    for note in instrument.notes:
        yield f"- {_evidence(note)}"
    yield ""
    yield f"本文件附 {len(instrument.examples)} 个计分样例，每次检查都会重新计算。"


def _evidence(evidence: Evidence) -> str:
    return evidence.text if evidence.read else f"{evidence.text}；待核实"


def _rule_source(rule: ScreenRule) -> str:
    return _evidence(rule.evidence)


def _item_numbers(instrument: Instrument, scale: Scale) -> str:
    if len(scale.items) == len(instrument.items):
        return "全部"
    numbers = {item.id: str(number) for number, item in enumerate(instrument.items, 1)}
    return " ".join(numbers[item] for item in scale.items)


def _method(scale: Scale) -> str:
    words = METHODS[scale.method].format(at_least=scale.at_least, equal=scale.equal, norm=scale.norm)
    times = f"，再乘 {scale.multiplier}" if scale.multiplier != 1 else ""
    return words + times + (f"，{scale.digits} 位小数" if scale.digits else "")


def _missing(scale: Scale) -> str:
    if scale.missing is None:
        return "—"
    limit = f"{scale.missing.allow} 题" if scale.missing.allow is not None else f"{scale.missing.allow_percent}%"
    return f"至多 {limit}，{TREATMENTS[scale.missing.treat]}"


def _bands(scale: Scale) -> str:
    return "<br>".join(f"{band.lowest}–{band.highest} {band.words.zh}" for band in scale.bands) or "—"
