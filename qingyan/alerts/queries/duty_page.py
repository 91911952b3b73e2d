"""What the pages of duty show: who is responsible now, who is away, who is named, how the ladder runs, hand-overs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingyan.alerts.models import Absence, Alert, DistrictCall, DutyPost, Handing, Level
from qingyan.alerts.models.duty import Place
from qingyan.alerts.policy import ANSWER_DISTRICT, MARK_AWAY, READ_ALERTS, READ_DUTY
from qingyan.alerts.queries import duty_packs
from qingyan.alerts.queries.duty import MAY_STAND, calendar_of, names_of, rota_of
from qingyan.alerts.rules.duty import DutyPack, Ladder
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, permitted_rows, require
from qingyan.people import api as people


@dataclass(frozen=True)
class StandsHere:
    """A place of the ladder and who stands there now ("" for nobody)."""

    place: str
    name: str


@dataclass(frozen=True)
class AbsenceLine:
    """One absence that has not ended; `may_end`: whether the reader may end it."""

    absence: Absence
    name: str
    deputy: str
    now: bool
    may_end: bool


@dataclass(frozen=True)
class DutyPage:
    """Everything of the page beside the calls of the reader."""

    school_time: bool
    stands: list[StandsHere]
    absences: list[AbsenceLine]
    named: list[tuple[DutyPost, str]]
    colleagues: list[tuple[UUID, str]]
    ladders: list[tuple[str, list[str]]]
    pack: DutyPack


@dataclass(frozen=True)
class HandingLine:
    """One hand-over in words."""

    at: datetime
    owner: str
    place: str
    why: str
    passed_over: list[str]


def duty_page(actor: Actor, *, now: datetime) -> DutyPage:
    """The page for this school. Raises NotVisible."""
    require(actor, READ_DUTY)
    rota = rota_of(actor, calendar=calendar_of(actor.school_id or 0, now), now=now)
    standing, pack = rota.persons(), duty_packs.current()
    colleagues = people.holders_here(actor.school_id or 0, MAY_STAND, timezone.localdate(now))
    posts = list(DutyPost.objects.filter(permitted_rows(actor, READ_DUTY)))
    return DutyPage(
        school_time=rota.school_time,
        stands=[StandsHere(str(Place(place).label), _name(rota.names, who)) for place, who in standing.items()],
        absences=_absences(actor, now),
        named=[(post, rota.names.get(post.account_id, "")) for post in posts],
        colleagues=sorted({(one.account, one.name) for one in colleagues}, key=lambda one: one[1]),
        ladders=[(str(Level(level).label), _steps(ladder, pack)) for level, ladder in pack.ladders.items()],
        pack=pack,
    )


def handings_of(actor: Actor, alert: Alert) -> list[HandingLine]:
    """Every hand-over of an alert, the first one first."""
    rows = list(Handing.objects.filter(permitted_rows(actor, READ_ALERTS), alert=alert).select_related("owner"))
    return [
        HandingLine(
            row.at,
            row.owner.name,
            str(row.get_place_display()),
            str(row.get_why_display()),
            [str(Place(place).label) for place in row.passed_over],
        )
        for row in rows
    ]


def district_calls(actor: Actor) -> Iterable[DistrictCall]:
    """Schools of the actor's district (the city's officers: of all) that have not acted in time, open ones first."""
    require(actor, ANSWER_DISTRICT)
    rows = DistrictCall.objects.filter(permitted_rows(actor, ANSWER_DISTRICT))
    return rows.select_related("school", "called_by").order_by(F("ended_at").desc(nulls_first=True), "opened_at", "id")


def open_district_calls(actor: Actor) -> int:
    """How many calls nobody of the district has followed up yet; 0 for those who may not see them."""
    if not allowed(actor, ANSWER_DISTRICT):
        return 0
    rows = DistrictCall.objects.filter(permitted_rows(actor, ANSWER_DISTRICT), called_at__isnull=True)
    return rows.filter(ended_at__isnull=True).count()


def _absences(actor: Actor, now: datetime) -> list[AbsenceLine]:
    rows = list(Absence.objects.filter(permitted_rows(actor, READ_DUTY), ends_at__gt=now))
    names = names_of(one for row in rows for one in (row.account_id, row.deputy_id))
    return [
        AbsenceLine(
            absence=row,
            name=names.get(row.account_id, ""),
            deputy=_name(names, row.deputy_id) if row.deputy_id else "",
            now=row.starts_at <= now,
            may_end=allowed(actor, MARK_AWAY, row),
        )
        for row in rows
    ]


def _name(names, account: UUID | None) -> str:
    return names.get(account, "") if account else ""


def _steps(ladder: Ladder, pack: DutyPack) -> list[str]:
    return [
        str(Place(step.to).label)
        + (_("（%(span)s内没有确认，转下一级）") % {"span": _span(step.minutes, ladder, pack)} if step.minutes else "")
        for step in ladder.steps
    ]


def _span(minutes: int, ladder: Ladder, pack: DutyPack) -> str:
    """As people say it: where the clock runs at school only, days of school, else hours of it."""
    if ladder.clock == "always":
        return ngettext("%(n)d 分钟", "%(n)d 分钟", minutes) % {"n": minutes}
    opens, closes = pack.opening
    day = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    if minutes % day == 0:
        return ngettext("%(n)d 个上课日", "%(n)d 个上课日", minutes // day) % {"n": minutes // day}
    hours = round(minutes / 60, 1)
    return _("上课时间 %(n)g 小时") % {"n": hours}
