"""The lines of the queue in words: why, with which weight, how often such a flag is right, how the sheet was answered.

For a page of alerts a fixed number of statements, whatever their number. Order and meaning: rules/ordering.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qingyan.alerts.models import Alert
from qingyan.alerts.queries import order_packs, packs
from qingyan.alerts.queries.duty import away_now
from qingyan.alerts.queries.history import trends_of
from qingyan.alerts.queries.queue import TimeLeft, time_left
from qingyan.alerts.rules.base_rate import in_ten
from qingyan.alerts.rules.judging import UnfitPack
from qingyan.alerts.rules.ordering import When, signs_from, when
from qingyan.alerts.rules.trend import Change, Trend
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.people import api as people
from qingyan.people.contracts import Holder
from qingyan.screening import api as screening


@dataclass(frozen=True)
class SignWords:
    """One sign, and as how much waiting it counts."""

    words: str
    weight: str
    detail: str


@dataclass(frozen=True)
class TriageLine:
    """One line of the queue."""

    alert: Alert
    left: TimeLeft | None
    when: When
    signs: list[SignWords]
    base_rate: str
    quality: str
    trend: str

    @property
    def first(self) -> bool:
        """Whether it is to be looked at before the others: a red one that nobody has taken."""
        return self.alert.level == "red" and self.alert.acknowledged_at is None

    @property
    def in_bulk(self) -> bool:
        """Whether it may be taken together with others: a red one is opened and read by itself."""
        return self.alert.level != "red" and self.alert.acknowledged_at is None


def triage_lines(actor: Actor, alerts: Sequence[Alert], *, start: int, now: datetime) -> list[TriageLine]:
    """These alerts in words; `start` is the place of the first one in the whole queue, from 0."""
    trends = trends_of(actor, alerts)
    doubts = screening.doubtful_sheets(actor, {alert.sitting_id for alert in alerts})
    pack, here = order_packs.current(), counsellors_here(actor, now)
    return [
        TriageLine(
            alert=alert,
            left=None if alert.acknowledged_at else time_left(alert.due_at, now),
            when=when(pack, alert.level, position=start + place, counsellors=here),
            signs=sign_words(alert),
            base_rate=base_rate_words(alert),
            quality=quality_of_sheet(doubts.get(alert.sitting_id)),
            trend=trend_words(trends.get(alert.sitting_id)),
        )
        for place, alert in enumerate(alerts)
    ]


def counsellors_here(actor: Actor, now: datetime) -> int:
    """How many counsellors of the actor's school are not away now."""
    return len(colleagues_of(actor, now))


def sign_words(alert: Alert) -> list[SignWords]:
    """The signs of an alert beside its level."""
    weights = order_packs.current().signs
    return [
        SignWords(_(weights[sign.code].words), _as_waiting(weights[sign.code].hours), sign.detail)
        for sign in signs_from(alert.signs)
    ]


def base_rate_words(alert: Alert) -> str:
    """Of ten such, how many needed help, from the published source; says so where nothing was read."""
    try:
        rule = packs.load(*alert.rule_pack.split("/", 1)).rule(alert.rule)
        told = None if rule is None or rule.at_once else in_ten(instruments.accuracy(alert.instrument))
    except (FileNotFoundError, UnfitPack, TypeError, InstrumentNotReleased):
        return ""
    if told is not None:
        english = (get_language() or "").startswith("en")
        return _("这样的提示，十人中约%(n)s人需要帮助（%(sample)s）") % {
            "n": told.figures if english else told.chinese,
            "sample": told.sample_en if english else told.sample_zh,
        }
    if rule is not None and rule.base_rate is not None:
        return _(rule.base_rate.text)
    return _("这条规则没有公开发表的比率可以参考")


def quality_of_sheet(doubtful: bool | None) -> str:
    """How the sheet was answered, in a word; it moves nothing in the order."""
    if doubtful is None:
        return ""
    return _("作答质量存疑，谈话时多核实") if doubtful else _("作答质量未见异常")


def trend_words(trend: Trend | None) -> str:
    """How the score stands to the pupil's own last one."""
    if trend is None:
        return ""
    words = {
        Change.WORSE: _("比本人上一次明显加重"),
        Change.BETTER: _("比本人上一次明显好转"),
        Change.WITHIN_NOISE: _("与本人上一次相差在测量误差之内"),
        Change.NOT_KNOWN: _("与本人上一次相比（没有公布的可靠变化值，不作判断）"),
    }
    return words[trend.change] + _("：") + f"{trend.title} {trend.before:g} → {trend.now:g}"


def colleagues_of(actor: Actor, now: datetime) -> list[Holder]:
    """The counsellors of the actor's school who are here, to whom an alert may be given."""
    away = {one.account for one in away_now(actor, now)}
    all_of_them = people.holders_here(actor.school_id or 0, (Role.COUNSELLOR,), timezone.localdate(now))
    return [one for one in all_of_them if one.account not in away]


def _as_waiting(hours: int) -> str:
    if hours % 24:
        return ngettext("相当于多等 %(n)d 小时", "相当于多等 %(n)d 小时", hours) % {"n": hours}
    return ngettext("相当于多等 %(n)d 天", "相当于多等 %(n)d 天", hours // 24) % {"n": hours // 24}
