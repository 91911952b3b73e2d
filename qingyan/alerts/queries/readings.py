"""How entries of results, alerts and acknowledgements read on the file page. Registered with archives in apps.py.

It stands here because it needs the instrument's words beside the stored scores, and archives may not know instruments.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from qingyan.alerts.models import Level
from qingyan.archives.contracts import EntryFacts, Reading, ScaleReading
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import Instrument, InstrumentNotReleased, Number

QUICK_SHARE = 0.3  # of answers given within a second: the answering deserves a second look
LONG_RUN_SHARE = 0.5  # of the items in one row of the same answer
TONE_OF_BAND = {"mild": "yellow", "moderate": "orange", "marked": "red", "severe": "red", "above_line": "orange"}
SCREEN = {True: gettext_noop("达到筛查提示线"), False: gettext_noop("未到筛查提示线")}
WHY_NOT = {
    "missing_answers": gettext_noop("漏答较多，不计分"),
    "not_asked": gettext_noop("按年龄未问"),
    "no_positive_item": gettext_noop("没有阳性项目，不适用"),
}


def result(entry: EntryFacts, slug: str) -> Reading:
    """A result: every scale with its band in words, the norm where one is known, the answering quality."""
    content = entry.content
    definition = _definition(content)
    if definition is None:
        return Reading(title=entry.title, notes=(_("这份量表的版本不在量表库中，只能看到标题。"),))
    screen = content.get("screen")
    version = _("版本 %(version)s") % {"version": content["version"]}
    return Reading(
        title=said(definition.title),
        mark=_mark(definition, content),
        tone="orange" if screen else "neutral",
        group=said(definition.title),
        scales=tuple(_scale(definition, scale.id, content) for scale in definition.scales),
        notes=(version, quality_words(content.get("quality", {}), len(definition.items))),
        link_label=_("查看原始作答"),
        link=reverse("alerts:answers", kwargs={"slug": slug, "sitting_id": entry.source}),
    )


def _mark(definition: Instrument, content: Mapping[str, Any]) -> str:
    """Whether the cut-off was reached, and which one it was where the entry names it."""
    if content.get("screen") not in SCREEN:
        return ""
    words = _(SCREEN[content["screen"]])
    named = next((rule for rule in definition.screens if rule.id == content.get("screen_rule")), None)
    return _("%(words)s（%(line)s）") % {"words": words, "line": said(named.title)} if named else words


def alert(entry: EntryFacts, slug: str) -> Reading:
    """An alert: its level and reasons, and the way to it."""
    level = entry.content.get("level", "")
    return Reading(
        title=_("预警"),
        mark=str(Level(level).label) if level in Level.values else "",
        tone=level or "neutral",
        notes=tuple(_(text) for text in entry.content.get("because", ())),
        link_label=_("打开预警"),
        link=_address(entry, slug),
    )


def acknowledgement(entry: EntryFacts, slug: str) -> Reading:
    """That somebody took an alert."""
    return Reading(title=entry.title, tone="green", link_label=_("打开预警"), link=_address(entry, slug))


def quality_words(quality: Mapping[str, Any], items: int) -> str:
    """How carefully the sheet was answered, in one sentence; never a judgement of the pupil."""
    if not quality:
        return _("作答质量：没有记录")
    doubts = quality_doubts(quality, items)
    sentence = (
        _("作答质量：宜结合谈话判断（%(why)s）") % {"why": "；".join(doubts)} if doubts else _("作答质量：未见异常")
    )
    minutes = round(quality.get("total_ms", 0) / 60_000)
    return sentence + (_("，用时 %(n)d 分钟") % {"n": minutes} if minutes else "")


def quality_doubts(quality: Mapping[str, Any], items: int) -> list[str]:
    """What in the answering asks for a second look, each in words; usually nothing."""
    doubts = []
    if (quality.get("quick_share") or 0) >= QUICK_SHARE:
        doubts.append(_("%(n)d%% 的题在 1 秒内作答") % {"n": round(quality["quick_share"] * 100)})
    if quality.get("longest_run", 0) > items * LONG_RUN_SHARE:
        doubts.append(_("连续 %(n)d 题选同一项") % {"n": quality["longest_run"]})
    if (quality.get("validity") or {}).get("doubtful"):
        doubts.append(_("效度题的得分偏高，作答可能偏向“好的样子”"))
    if quality.get("missing", 0):
        doubts.append(_("漏答 %(n)d 题") % {"n": quality["missing"]})
    return doubts


def said(words: Any) -> str:
    """The instrument's words in the reader's language."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def _address(entry: EntryFacts, slug: str) -> str:
    return reverse("alerts:alert", kwargs={"slug": slug, "alert_id": entry.source})


def _definition(content: Mapping[str, Any]) -> Instrument | None:
    try:
        return instruments.instrument(content["instrument"], content["version"])
    except (InstrumentNotReleased, KeyError):
        return None


def _scale(definition: Instrument, scale_id: str, content: Mapping[str, Any]) -> ScaleReading:
    scale = definition.scale(scale_id)
    level = content.get("bands", {}).get(scale_id, "")
    lowest, highest = _range(definition, scale)
    return ScaleReading(
        scale=scale_id,
        title=said(scale.title),
        plain=said(scale.plain),
        value=content.get("values", {}).get(scale_id),
        words=next((said(band.words) for band in scale.bands if band.level == level), ""),
        tone=TONE_OF_BAND.get(level, "neutral"),
        note=_note(definition, scale_id, content),
        charted=scale_id in _charted(definition.code, definition.version),
        lowest=lowest,
        highest=highest,
    )


def _range(definition: Instrument, scale: Any) -> tuple[Number | None, Number | None]:
    """What the scale can be: from its bands, or for a mean of items from their options."""
    if scale.bands:
        return scale.bands[0].lowest, scale.bands[-1].highest
    if scale.method != "mean":
        return None, None
    counted = [item for item in definition.items if item.id in scale.items]
    values = [option.value for item in counted for option in definition.options_of(item)]
    return min(values) * scale.multiplier, max(values) * scale.multiplier


def _note(definition: Instrument, scale_id: str, content: Mapping[str, Any]) -> str:
    reason = content.get("not_scorable", {}).get(scale_id)
    if reason:
        return _(WHY_NOT[reason]) if reason in WHY_NOT else reason
    norm = next((norm for norm in definition.norms if norm.scale == scale_id), None)
    if norm is None:
        return ""
    return _("常模 %(mean)s±%(sd)s（%(year)d）") % {"mean": norm.mean, "sd": norm.sd, "year": norm.year}


@cache
def _charted(code: str, version: str) -> frozenset[str]:
    """The scales drawn over time: the factor means of an instrument that has several, else its banded sums."""
    definition = instruments.instrument(code, version)
    whole = len(definition.items)
    means = [scale.id for scale in definition.scales if scale.method == "mean" and len(scale.items) < whole]
    return frozenset(means if len(means) > 1 else (scale.id for scale in definition.scales if scale.bands))
