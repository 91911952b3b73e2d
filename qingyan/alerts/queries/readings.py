"""How entries of results, alerts and acknowledgements read on the file page. Registered with archives in apps.py.

It stands here because it needs the instrument's words beside the stored scores, and archives may not know instruments.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from qingyan.alerts.models import Level
from qingyan.archives.contracts import EntryFacts, Reading, ScaleReading
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import Instrument, InstrumentNotReleased

QUICK_SHARE = 0.3  # of answers given within a second: the answering deserves a second look
LONG_RUN_SHARE = 0.5  # of the items in one row of the same answer
WHY_NOT = {
    "missing_answers": "漏答较多，不计分",
    "not_asked": "按年龄未问",
    "no_positive_item": "没有阳性项目，不适用",
}
TONE_OF_BAND = {"mild": "yellow", "moderate": "orange", "marked": "red", "severe": "red", "above_line": "orange"}


def result(entry: EntryFacts, slug: str) -> Reading:
    """A result: every scale with its band in words, the norm where one is known, the answering quality."""
    content = entry.content
    definition = _definition(content)
    if definition is None:
        return Reading(
            title=entry.title, notes=(f"量表 {content['instrument']} {content['version']} 不在本机量表库中。",)
        )
    screen = {True: "达到筛查提示线", False: "未到筛查提示线"}.get(content.get("screen"), "")
    return Reading(
        title=definition.title.zh,
        summary=screen,
        mark=screen and "提示",
        tone="orange" if content.get("screen") else "neutral",
        group=definition.title.zh,
        scales=tuple(_scale(definition, scale.id, content) for scale in definition.scales),
        notes=(f"版本 {content['version']}", quality_words(content.get("quality", {}), len(definition.items))),
        link_label="查看原始作答",
        link=f"/s/{slug}/answers/{entry.source}/",
    )


def alert(entry: EntryFacts, slug: str) -> Reading:
    """An alert: its level and reasons, and the way to it."""
    level = entry.content.get("level", "")
    return Reading(
        title=entry.title,
        mark=str(Level(level).label) if level in Level.values else "",
        tone=level or "neutral",
        notes=tuple(entry.content.get("because", ())),
        link_label="打开预警",
        link=f"/s/{slug}/alerts/{entry.source}/",
    )


def acknowledgement(entry: EntryFacts, slug: str) -> Reading:
    """That somebody took an alert."""
    return Reading(
        title=entry.title, tone="green", link_label="打开预警", link=f"/s/{slug}/alerts/{entry.source}/"
    )


def quality_words(quality: Mapping[str, Any], items: int) -> str:
    """How carefully the sheet was answered, in one sentence; never a judgement of the pupil."""
    if not quality:
        return "作答质量：没有记录"
    doubts = []
    if (quality.get("quick_share") or 0) >= QUICK_SHARE:
        doubts.append(f"{quality['quick_share']:.0%} 的题在 1 秒内作答")
    if quality.get("longest_run", 0) > items * LONG_RUN_SHARE:
        doubts.append(f"连续 {quality['longest_run']} 题选同一项")
    if quality.get("missing", 0):
        doubts.append(f"漏答 {quality['missing']} 题")
    minutes = quality.get("total_ms", 0) / 60_000
    time = f"，用时 {minutes:.0f} 分钟" if minutes >= 1 else ""
    return ("作答质量：宜结合谈话判断（" + "；".join(doubts) + "）" if doubts else "作答质量：未见异常") + time


def has_doubts(quality: Mapping[str, Any], items: int) -> bool:
    """Whether the sentence above names a doubt."""
    return "宜结合" in quality_words(quality, items)


def _definition(content: Mapping[str, Any]) -> Instrument | None:
    try:
        return instruments.instrument(content["instrument"], content["version"])
    except InstrumentNotReleased:
        return None


def _scale(definition: Instrument, scale_id: str, content: Mapping[str, Any]) -> ScaleReading:
    scale = definition.scale(scale_id)
    level = content.get("bands", {}).get(scale_id, "")
    words = next((band.words.zh for band in scale.bands if band.level == level), "")
    norm = next((norm for norm in definition.norms if norm.scale == scale_id), None)
    reason = content.get("not_scorable", {}).get(scale_id)
    note = WHY_NOT.get(reason, "") if reason else f"常模 {norm.mean}±{norm.sd}（{norm.year}）" if norm else ""
    return ScaleReading(
        scale=scale_id,
        title=scale.title.zh,
        plain=scale.plain.zh,
        value=content.get("values", {}).get(scale_id),
        words=words,
        tone=TONE_OF_BAND.get(level, "neutral"),
        note=note,
        charted=scale_id in _charted((definition.code, definition.version)),
    )


@cache
def _charted(definition_key: tuple[str, str]) -> frozenset[str]:
    """The scales drawn over time: the factor means of an instrument that has several, else its banded sums."""
    definition = instruments.instrument(*definition_key)
    whole = len(definition.items)
    means = [scale.id for scale in definition.scales if scale.method == "mean" and len(scale.items) < whole]
    return frozenset(means if len(means) > 1 else (scale.id for scale in definition.scales if scale.bands))
