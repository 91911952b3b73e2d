"""Who is on duty at a school: named people and holders of posts, who is away, the calendar, what everybody carries.

Staff only, no pupil. Whose turn it becomes is decided in rules/duty.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from qingyan.alerts.models import Absence, Alert, DutyPost
from qingyan.alerts.queries import duty_packs
from qingyan.alerts.rules.clock import SchoolCalendar
from qingyan.alerts.rules.duty import PLACES, Away, OnDuty, Place, person_on_duty
from qingyan.alerts.workflow import OPEN_STATES
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Role
from qingyan.organisations import api as organisations
from qingyan.people import api as people

CALENDAR_BACK, CALENDAR_AHEAD = timedelta(days=62), timedelta(days=400)
HELD_BY: dict[Place, Role] = {
    "counsellor": Role.COUNSELLOR,
    "deputy": Role.COUNSELLOR,
    "leader": Role.PRINCIPAL,
}
MAY_STAND = (Role.COUNSELLOR, Role.PRINCIPAL, Role.GRADE_LEAD)  # whom a school may name, and who may be away


@dataclass(frozen=True)
class Rota:
    """Everybody who may act for one school at one moment, and the names of all of them."""

    school_time: bool
    people: Mapping[Place, tuple[OnDuty, ...]]
    away: tuple[Away, ...]
    names: Mapping[UUID, str]

    def persons(self, *, without: UUID | None = None) -> dict[Place, UUID | None]:
        """Who stands at each place now; `without` leaves the present owner out where somebody else can stand."""
        found: dict[Place, UUID | None] = {}
        for place in PLACES:
            others = [one for one in self.people.get(place, ()) if one.account != without]
            found[place] = person_on_duty(others, self.away, school_time=self.school_time)
        return found

    def is_away(self, account: UUID | None) -> bool:
        """Whether this person is away now."""
        return any(one.account == account for one in self.away)

    def deputy_of(self, account: UUID) -> UUID | None:
        """Who acts for somebody who is away, if named and here."""
        deputy = next((one.deputy for one in self.away if one.account == account), None)
        return None if deputy is None or self.is_away(deputy) else deputy

    @property
    def accounts(self) -> frozenset[UUID]:
        """Everybody who may own an alert of this school, a named deputy among them."""
        return frozenset(self.names)


def calendar_of(school_id: int, now: datetime) -> SchoolCalendar:
    """The calendar by which this school's clocks run."""
    today = timezone.localdate(now)
    opens, closes = duty_packs.current().opening
    return SchoolCalendar(
        opens=opens,
        closes=closes,
        zone=timezone.get_default_timezone(),
        terms=tuple(organisations.term_spans()),
        special=organisations.special_days(school_id, today - CALENDAR_BACK, today + CALENDAR_AHEAD),
    )


def rota_of(actor: Actor, *, calendar: SchoolCalendar, now: datetime) -> Rota:
    """The rota of the school at which the actor stands. Seven statements, whatever the number of people."""
    if actor.school_id is None:
        raise ValueError("a rota is of a school")
    today, load = timezone.localdate(now), carried(actor)
    staff = people.holders_here(actor.school_id, MAY_STAND, today)
    (school,) = organisations.schools_by_id([actor.school_id])
    leads = people.leads_over(school.district_id, today)
    known = {one.account: one.name for one in (*staff, *leads)}
    places: dict[Place, list[OnDuty]] = {place: [] for place in PLACES}
    for post in DutyPost.objects.filter(school_id=actor.school_id, account_id__in=known):
        places[post.place].append(_named(post, load))
    for place, role in HELD_BY.items():
        places[place] += [_by_post(one.account, place, load) for one in staff if one.role is role]
    places["district"] = [OnDuty(one.account, "district", rank=rank) for rank, one in enumerate(leads)]
    return Rota(
        school_time=calendar.is_school_time(now),
        people={place: tuple(stands) for place, stands in places.items()},
        away=tuple(Away(one.account, one.deputy if one.deputy in known else None) for one in away_now(actor, now)),
        names=known,
    )


def on_duty_now(school_id: int, now: datetime) -> list[UUID]:
    """Whom a pupil can turn to at this moment: who stands at the first place, then the deputy. For the help page."""
    keeper = system_actor(school_id=school_id, sight=frozenset(), purpose="who is on duty")
    standing = rota_of(keeper, calendar=calendar_of(school_id, now), now=now).persons()
    return list(dict.fromkeys(one for place in ("counsellor", "deputy") if (one := standing[place]) is not None))


def away_now(actor: Actor, now: datetime) -> tuple[Away, ...]:
    """Who is away from the actor's school at this moment, and who acts for them."""
    rows = Absence.objects.filter(school_id=actor.school_id, starts_at__lte=now, ends_at__gt=now)
    return tuple(Away(account, deputy) for account, deputy in rows.values_list("account_id", "deputy_id"))


def carried(actor: Actor) -> dict[UUID, int]:
    """How many open alerts each person of the actor's school has; nobody else's rows are seen."""
    rows = Alert.objects.filter(school_id=actor.school_id, state__in=OPEN_STATES, owner__isnull=False)
    return dict(rows.values_list("owner_id").annotate(n=Count("id")).order_by())


def names_of(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of members of staff by id."""
    return people.staff_names({account for account in accounts if account is not None})


def _named(post: DutyPost, load: Mapping[UUID, int]) -> OnDuty:
    carries = load.get(post.account_id, 0)
    return OnDuty(post.account_id, post.place, named=True, rank=post.rank, hours=post.hours, carries=carries)


def _by_post(account: UUID, place: Place, load: Mapping[UUID, int]) -> OnDuty:
    return OnDuty(account, place, carries=load.get(account, 0))
