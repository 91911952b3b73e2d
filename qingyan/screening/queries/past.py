"""Shares that were counted in earlier rounds of the place: of the own school, and of the city together."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.organisations.api import grade_name
from qingyan.screening.models import Campaign, PastShare
from qingyan.screening.queries.burden import city_of
from qingyan.screening.rules.past import ALL_GRADES, NOBODY, Counted, together

ROUNDS = 3  # the newest ones of each place
LEAST_SCHOOLS = 3  # together, so that no school's share can be read from the city's


@dataclass
class Past:
    """One earlier round at one place and one rule. `own`: of the actor's school; else of all schools of the city.

    `schools` were large enough to be counted; `grades` are in words, in order, those that are large enough.
    """

    title: str
    opened: date
    own: bool
    schools: int = 0
    whole: Counted = NOBODY
    by_grade: dict[int, list[Counted]] = field(default_factory=dict)

    @property
    def tells(self) -> bool:
        """Whether it may be shown: the own school's, or of enough schools together."""
        return self.whole.asked > 0 and (self.own or self.schools >= LEAST_SCHOOLS)

    @property
    def grades(self) -> list[tuple[str, Counted]]:
        """Grade in words and its counts, where enough schools stand behind it."""
        least = 1 if self.own else LEAST_SCHOOLS
        shown = [(grade, parts) for grade, parts in sorted(self.by_grade.items()) if len(parts) >= least]
        return [(grade_name(grade), together(dict(enumerate(parts)))) for grade, parts in shown]


Pasts = dict[str, list[Past]]


def past_of(actor: Actor, campaign: Campaign) -> Pasts:
    """By cut (`instrument:rule`), the newest rounds first: the own school's, then those of the city."""
    places = [(False, _city_rows(campaign))]
    if actor.school_id is not None:
        places.insert(0, (True, PastShare.objects.filter(school_id=actor.school_id)))
    found: Pasts = defaultdict(list)
    for own, rows in places:
        for key, pasts in _gathered(rows.exclude(campaign_id=campaign.id), own=own).items():
            found[key] += pasts[:ROUNDS]
    return found


def _city_rows(campaign: Campaign) -> "QuerySet[PastShare]":
    """Rounds of the city; a round of one school is that school's own affair."""
    return PastShare.objects.filter(campaign__city_id=city_of(campaign))


def _gathered(rows: "QuerySet[PastShare]", *, own: bool) -> Pasts:
    found: dict[str, dict[UUID, Past]] = defaultdict(dict)
    for row in rows.select_related("campaign").order_by("-campaign__opens_at", "campaign_id"):
        rounds = found[f"{row.instrument}:{row.rule}"]
        opened = timezone.localdate(row.campaign.opens_at)
        one = rounds.setdefault(row.campaign_id, Past(row.campaign.title, opened, own))
        counted = Counted(row.asked, row.positive)
        if row.grade == ALL_GRADES:
            one.whole, one.schools = one.whole.plus(counted), one.schools + 1
        else:
            one.by_grade.setdefault(row.grade, []).append(counted)
    return {key: [one for one in rounds.values() if one.tells] for key, rounds in found.items()}
