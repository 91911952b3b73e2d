"""Shortcuts to a school whose alerts go up the ladder. Not a test."""

from datetime import date, datetime

from qingyan.alerts.actions.handing import due, hand_on, watch
from qingyan.alerts.jobs import DUTY_SIGHT
from qingyan.alerts.models import Absence, Alert, Handing
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Account, Post
from tests.factories.city import Cast, Place


def keeper(place: Place) -> Actor:
    """The keeper of time at this school."""
    return system_actor(school_id=place.school.id, sight=DUTY_SIGHT, purpose="test")


def keep_time(place: Place, now: datetime) -> int:
    """One look of the keeper of time at one school, at this moment; returns the hand-overs."""
    by = keeper(place)
    with entered(by):
        seen = watch(by, now)
        return sum(hand_on(alert_id=one, by=by, seen=watch(by, now)) is not None for one in due(by, seen))


def colleague(place: Place, login: str, name: str, role: Role = Role.COUNSELLOR) -> Account:
    """One more member of staff at this school."""
    account = Account.objects.create(login=login, name=name)
    Post.objects.create(account=account, role=role.value, school=place.school, starts_on=date(2020, 9, 1))
    return account


def away(place: Place, account: Account, first: datetime, last: datetime, deputy: Account | None = None) -> Absence:
    """The person is away from this school."""
    with entered(keeper(place)):
        return Absence.objects.create(
            school=place.school,
            account=account,
            deputy=deputy,
            starts_at=first,
            ends_at=last,
            at=first,
            by=account,
        )


def owner(cast: Cast, alert: Alert) -> Account | None:
    """Who owns the alert now."""
    with entered(cast.platform()):
        return Alert.objects.select_related("owner").get(id=alert.id).owner


def handings(cast: Cast, alert: Alert) -> list[tuple[str, str, str]]:
    """Every hand-over: place, owner's name, why."""
    with entered(cast.platform()):
        rows = Handing.objects.filter(alert=alert).select_related("owner")
        return [(row.place, row.owner.name, row.why) for row in rows]
