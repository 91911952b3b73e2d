"""An alert goes to the person whose turn it is: at first, when a step's time runs out, when its owner is not here.

Each alert in a transaction of its own, which locks it and decides afresh what is due, so that several workers may do
this at once: a step of a round is taken once (the lock decides, the unique key of Handing would refuse the second).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.actions.telling import tell_owner
from qingyan.alerts.events import AlertAssigned, AlertEscalated
from qingyan.alerts.models import Absence, Alert, DistrictCall, Handing
from qingyan.alerts.models.duty import Place as Rung
from qingyan.alerts.models.duty import Why
from qingyan.alerts.queries import duty_packs
from qingyan.alerts.queries.duty import Rota, calendar_of, rota_of
from qingyan.alerts.queries.queue import URGENCY, waiting_states
from qingyan.alerts.rules.clock import SchoolCalendar
from qingyan.alerts.rules.duty import Standing, Turn, goes_on_at, is_due, next_turn
from qingyan.alerts.workflow import ALERT, IN_HAND, OPEN_STATES, RAISED
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record
from qingyan.foundation.events.api import publish

OWNERSHIP = ("owner", "owner_since", "step", "round", "goes_on_at")
AT_ONCE = 200  # alerts a look; the rest a moment later, the most urgent first


@dataclass(frozen=True)
class Watch:
    """What the keeper of time knows of one school at one moment."""

    calendar: SchoolCalendar
    rota: Rota
    now: datetime


def watch(actor: Actor, now: datetime) -> Watch:
    """Calendar and rota of the school at which the actor stands."""
    calendar = calendar_of(actor.school_id or 0, now)
    return Watch(calendar, rota_of(actor, calendar=calendar, now=now), now)


def due(actor: Actor, seen: Watch) -> list[UUID]:
    """The alerts of this school that may have to go to somebody else now, the most urgent first, at most AT_ONCE."""
    mine = Alert.objects.filter(school_id=actor.school_id)
    not_here = Q(owner__isnull=False) & ~Q(owner__in=seen.rota.accounts - {one.account for one in seen.rota.away})
    left = not_here & ~Exists(_volunteering(seen.now))
    waits = Q(state__in=waiting_states()) & (Q(step__isnull=True) | Q(goes_on_at__lte=seen.now) | not_here)
    rows = mine.filter(waits | (Q(state__in=IN_HAND) & left)).annotate(urgency=URGENCY)
    return list(rows.order_by("urgency", "raised_at").values_list("id", flat=True)[:AT_ONCE])


def red_without_owner(actor: Actor) -> list[UUID]:
    """The red alerts of this school that nobody owns yet, the oldest first, at most AT_ONCE. One index entry each."""
    rows = Alert.objects.filter(school_id=actor.school_id, owner__isnull=True, state__in=waiting_states(), level="red")
    return list(rows.order_by("raised_at").values_list("id", flat=True)[:AT_ONCE])


def hand_on(*, alert_id: UUID, by: Actor, seen: Watch) -> Handing | None:
    """Give the alert to whose turn it is, if it is due at all; None when it stays. A transaction must be open."""
    alert = _held(by, alert_id)
    if alert is None:
        return None
    here = alert.owner_id is not None and alert.owner_id in seen.rota.accounts and not seen.rota.is_away(alert.owner_id)
    if alert.owner_id is not None and not here and not _took_it_while_away(alert, seen.now):
        return _replace(alert, by=by, seen=seen)
    if alert.state in IN_HAND:
        return None
    ladder = duty_packs.current().ladders[alert.level]
    standing = _standing(alert)
    if not is_due(ladder, standing, seen.now, seen.calendar):
        _note_next(alert, seen)
        return None
    turn = next_turn(ladder, standing, seen.rota.persons(without=alert.owner_id))
    if turn is None:
        Alert.objects.filter(id=alert.id).update(goes_on_at=None)
        return None
    at_first = Why.RELEASED if alert.round else Why.RAISED
    why = str(at_first if standing.step is None else Why.TIME_OUT)
    return hand(alert, turn, why, by=by, seen=seen)


def hand(alert: Alert, turn: Turn, why: str, *, by: Actor, seen: Watch) -> Handing:
    """Move the alert, which is held, to this person; recorded and announced."""
    ladder = duty_packs.current().ladders[alert.level]
    place = ladder.steps[turn.step].to
    handing = Handing.objects.create(
        school_id=alert.school_id,
        alert_id=alert.id,
        round=alert.round,
        step=turn.step,
        place=place,
        origin_id=alert.owner_id,
        owner_id=turn.owner,
        why=why,
        passed_over=list(turn.passed_over),
        at=seen.now,
        by_id=by.id,
    )
    escalates = why == str(Why.TIME_OUT) and turn.step > 0
    if escalates and alert.state == RAISED:
        alert.state = ALERT.target(verb="escalate", origin=alert.state)
    alert.owner_id, alert.owner_since, alert.step = turn.owner, seen.now, turn.step
    alert.goes_on_at = goes_on_at(ladder, _standing(alert), seen.calendar) if alert.state not in IN_HAND else None
    alert.save(update_fields=["state", *OWNERSHIP])
    if place == Rung.DISTRICT:
        _call_district(alert, seen.now)
    record(
        by=by,
        action="alert.hand_on",
        subject_kind="alert",
        subject_id=alert.id,
        student_id=alert.student_id,
        now=seen.now,
        detail={"to": str(turn.owner), "place": place, "why": why, "round": alert.round, "step": turn.step},
    )
    tell_owner(alert, handing, by=by, now=seen.now)
    kind = AlertEscalated if escalates else AlertAssigned
    publish(kind(alert.id, alert.school_id, turn.owner, alert.level, turn.step), by=by)
    return handing


def take(alert: Alert, *, by: Actor, now: datetime) -> None:
    """The one who acts owns it; no clock runs any more. The caller saves OWNERSHIP and records.

    Nothing is given to somebody who is away, but whoever is away may take it: that is their own word (ADR 0034).
    """
    alert.goes_on_at = None
    if alert.owner_id == by.id:
        return
    alert.round += 1
    step = alert.step or 0
    Handing.objects.create(
        school_id=alert.school_id,
        alert_id=alert.id,
        round=alert.round,
        step=step,
        place=duty_packs.current().ladders[alert.level].steps[step].to,
        origin_id=alert.owner_id,
        owner_id=by.id,
        why=Why.TAKEN,
        at=now,
        by_id=by.id,
    )
    alert.owner_id, alert.owner_since, alert.step = by.id, now, step


def _volunteering(now: datetime) -> "QuerySet[Absence]":
    """The present absence of an alert's owner, if the owner took the alert themselves since it began."""
    mine = Absence.objects.filter(school_id=OuterRef("school_id"), account_id=OuterRef("owner_id"), ends_at__gt=now)
    return mine.filter(account_id=OuterRef("acknowledged_by_id"), starts_at__lte=OuterRef("acknowledged_at"))


def _took_it_while_away(alert: Alert, now: datetime) -> bool:
    return alert.state in IN_HAND and Alert.objects.filter(Exists(_volunteering(now)), id=alert.id).exists()


def refuse_absent(account: UUID | None, *, school_id: int, now: datetime) -> None:
    """Raise Refused when this person is marked as away from the school now; the database would refuse as well."""
    if Absence.objects.filter(school_id=school_id, account=account, starts_at__lte=now, ends_at__gt=now).exists():
        raise Refused("away")


def end_district_calls(alert: Alert, now: datetime) -> None:
    """The school has answered: nobody need ring it up any more."""
    DistrictCall.objects.filter(alert=alert.id, ended_at__isnull=True).update(ended_at=now)


def _held(by: Actor, alert_id: UUID) -> Alert | None:
    """The alert, locked until the transaction ends, as it is once the lock is ours."""
    rows = Alert.objects.select_for_update(of=("self",)).filter(school_id=by.school_id, id=alert_id)
    return rows.filter(state__in=OPEN_STATES).first()


def _replace(alert: Alert, *, by: Actor, seen: Watch) -> Handing | None:
    """The owner is away or has left: somebody else, with the whole time again; the deputy named for it goes first."""
    gone, ladder = alert.owner_id, duty_packs.current().ladders[alert.level]
    deputy = seen.rota.deputy_of(gone) if gone else None
    blank = Standing(alert.level, None, seen.now, gone)
    turn = Turn(0, deputy) if deputy else next_turn(ladder, blank, seen.rota.persons(without=gone))
    if turn is None:
        return None
    alert.round += 1
    return hand(alert, turn, str(Why.ABSENT if seen.rota.is_away(gone) else Why.LEFT), by=by, seen=seen)


def _standing(alert: Alert) -> Standing:
    """At the first step of the first round time counts from when it was raised, however late somebody was found."""
    first = alert.round == 0 and not alert.step
    return Standing(
        alert.level, alert.step, alert.raised_at if first else alert.owner_since or alert.raised_at, alert.owner_id
    )


def _note_next(alert: Alert, seen: Watch) -> None:
    """The calendar has changed since the time was reckoned: reckon it again."""
    ladder = duty_packs.current().ladders[alert.level]
    Alert.objects.filter(id=alert.id).update(goes_on_at=goes_on_at(ladder, _standing(alert), seen.calendar))


def _call_district(alert: Alert, now: datetime) -> None:
    DistrictCall.objects.create(
        school_id=alert.school_id,
        alert=alert.id,
        round=alert.round,
        owner_id=alert.owner_id,
        raised_at=alert.raised_at,
        opened_at=now,
    )
