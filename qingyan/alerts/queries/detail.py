"""Everything that the page of one alert shows beside the alert itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.alerts.models import Alert
from qingyan.alerts.queries import packs
from qingyan.alerts.queries.duty_page import HandingLine, handings_of
from qingyan.alerts.queries.history import trends_of
from qingyan.alerts.queries.queue import (
    SHEET,
    TimeLeft,
    alerts_for,
    earlier_of_pupil,
    others_of_sheet,
    time_left,
    waiting_states,
)
from qingyan.alerts.queries.readings import quality_doubts, quality_words, said
from qingyan.alerts.queries.triage import SignWords, base_rate_words, sign_words, trend_words
from qingyan.alerts.rules.closing import Reason
from qingyan.alerts.rules.judging import UnfitPack
from qingyan.alerts.rules.pack import Pack, Rule
from qingyan.alerts.workflow import ALERT
from qingyan.archives import api as archives
from qingyan.archives.contracts import EntryFacts, Reading
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.foundation.web.ways_on import WayOn, ways_on
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.people import api as people

RESULTS_SHOWN = 6
CLOSE_WORDS: dict[str, str] = {
    Reason.NO_NEED: gettext_noop("已当面了解，目前不需要进一步帮助"),
    Reason.FALSE: gettext_noop("误报：封存，离开可见的档案"),
    Reason.DUPLICATE: gettext_noop("与另一条是同一件事"),
}


@dataclass(frozen=True)
class Detail:
    """One alert and what helps to read it. `signed` empty: no clinician has signed the rule pack."""

    alert: Alert
    instrument: str
    left: TimeLeft | None
    waits: bool
    others: list[Alert]
    earlier: list[Alert]
    results: list[tuple[EntryFacts, Reading]]
    quality: str
    doubtful: bool
    steps: tuple[str, ...]
    source: str
    base_rate: str
    signed: str
    alike: int
    handings: list[HandingLine]
    colleagues: list[tuple[UUID, str]]
    ways_on: list[WayOn]
    signs: list[SignWords]
    trend: str
    close_words: str


def detail_of(actor: Actor, alert: Alert, *, slug: str, now: datetime) -> Detail:
    """The page of this alert for this actor; the look has been recorded."""
    pack = _pack(alert)
    rule = (pack.rule(alert.rule) or pack.mark_rule(alert.rule)) if pack else None
    rate = rule.base_rate if isinstance(rule, Rule) else None
    entries = [entry for entry in archives.entries_of(actor, alert.student_id) if entry.kind == "result"]
    own = next((entry for entry in entries if entry.source == alert.sitting_id), None)
    quality = own.content.get("quality", {}) if own else {}
    items = _items(alert)
    return Detail(
        alert=alert,
        instrument=_title(alert),
        left=time_left(alert.due_at, now) if alert.state in waiting_states() else None,
        waits=alert.state in waiting_states(),
        others=others_of_sheet(actor, alert),
        earlier=earlier_of_pupil(actor, alert),
        results=archives.read(entries[:RESULTS_SHOWN], slug),
        quality=_quality(alert, quality if own else None),
        doubtful=bool(quality_doubts(quality, items)),
        steps=pack.levels[alert.level].steps if pack else (),
        source=rule.source.text if rule else "",
        base_rate=rate.text if rate else base_rate_words(alert),
        signed=(pack.signed_by or "") if pack else "",
        alike=alerts_for(actor).filter(rule=alert.rule).values(sheet=SHEET).distinct().count(),
        handings=handings_of(actor, alert),
        colleagues=_colleagues(alert, now),
        ways_on=[] if ALERT.state(alert.state).terminal else ways_on("alert", actor),
        signs=sign_words(alert),
        trend=trend_words(trends_of(actor, [alert]).get(alert.sitting_id)),
        close_words=_(CLOSE_WORDS.get(alert.close_reason, "")) if alert.close_reason else "",
    )


def twins_of(actor: Actor, alert: Alert) -> list[tuple[UUID, str]]:
    """The other alerts of this pupil of which it may be a duplicate, in words."""
    found = [*others_of_sheet(actor, alert), *earlier_of_pupil(actor, alert)]
    return [(one.id, f"{timezone.localtime(one.raised_at):%Y-%m-%d} {one.get_level_display()}") for one in found]


def _colleagues(alert: Alert, now: datetime) -> list[tuple[UUID, str]]:
    """The other counsellors of the school, to whom it may be given."""
    here = people.holders_here(alert.school_id, (Role.COUNSELLOR,), timezone.localdate(now))
    return [(one.account, one.name) for one in here if one.account != alert.owner_id]


def _pack(alert: Alert) -> Pack | None:
    try:
        return packs.load(*alert.rule_pack.split("/", 1))
    except (FileNotFoundError, UnfitPack, TypeError):
        return None


def _quality(alert: Alert, quality: Mapping[str, Any] | None) -> str:
    if alert.sitting_id is None:
        return ""
    return _("作答质量：还没有交卷") if quality is None else quality_words(quality, _items(alert))


def _title(alert: Alert) -> str:
    if alert.sitting_id is None:
        return _("报告")
    try:
        return said(instruments.instrument(alert.instrument).title)
    except InstrumentNotReleased:
        return alert.instrument


def _items(alert: Alert) -> int:
    try:
        return len(instruments.instrument(alert.instrument).items)
    except InstrumentNotReleased:
        return 0
