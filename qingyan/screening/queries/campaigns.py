"""Reads about rounds for staff: lists, one round, its instruments in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.instruments import api as instruments
from qingyan.instruments.api import wordings
from qingyan.instruments.contracts import InstrumentSummary
from qingyan.organisations.api import grade_name
from qingyan.screening.models import Campaign, CampaignInstrument
from qingyan.screening.policy import READ_CAMPAIGNS, READ_CITY_CAMPAIGNS
from qingyan.screening.queries.reviewed import approved_grades
from qingyan.screening.rules.grades import fitting_grades

Brought = dict[tuple[str, str], wordings.Usable]  # the usable wording by code and version


@dataclass(frozen=True)
class Asked:
    """One instrument of a round in words."""

    title: str
    version: str
    grade_from: int
    grade_to: int
    rule: str = ""  # the cut-off by which it counts here; empty where the file has none

    @property
    def grades(self) -> str:
        """The grades in words, e.g. 七年级至九年级."""
        first, last = grade_name(self.grade_from), grade_name(self.grade_to)
        return first if first == last else f"{first}至{last}"


@dataclass(frozen=True)
class Choice:
    """An instrument that a round may ask, and in which grades."""

    summary: InstrumentSummary
    grades: Sequence[int]

    @property
    def grade_choices(self) -> list[tuple[int, str]]:
        """For a select: number and name."""
        return [(grade, grade_name(grade)) for grade in self.grades]


def campaigns_at_school(actor: Actor) -> "QuerySet[Campaign]":
    """The rounds that concern this school: its own, and those of the city."""
    return Campaign.objects.filter(permitted_rows(actor, READ_CAMPAIGNS))


def campaign_at_school(actor: Actor, campaign_id: UUID) -> Campaign | None:
    """One of them, or None."""
    return campaigns_at_school(actor).filter(id=campaign_id).first()


def city_campaigns(actor: Actor) -> "QuerySet[Campaign]":
    """The rounds of the officer's city."""
    return Campaign.objects.filter(permitted_rows(actor, READ_CITY_CAMPAIGNS))


def city_campaign(actor: Actor, campaign_id: UUID) -> Campaign | None:
    """One of them, or None."""
    return city_campaigns(actor).filter(id=campaign_id).first()


def asked_in(campaign: Campaign) -> list[Asked]:
    """The instruments of a round, in order, each with the cut-off that was chosen for it."""
    return [_asked(one) for one in asked_rows(campaign)]


def asked_rows(campaign: Campaign) -> list[CampaignInstrument]:
    """The instruments of a round as they are stored, in order."""
    return list(CampaignInstrument.objects.filter(campaign=campaign))


def _asked(row: CampaignInstrument) -> Asked:
    one = instruments.instrument(row.instrument, row.version)
    chosen = [rule.title.zh for rule in one.screens if rule.id == row.screen_rule] or [r.title.zh for r in one.screens]
    return Asked(one.title.zh, row.version, row.grade_from, row.grade_to, chosen[0] if chosen else "")


def asked_count(campaign: Campaign, grade: int) -> int:
    """How many instruments this grade is asked."""
    rows = CampaignInstrument.objects.filter(campaign=campaign, grade_from__lte=grade, grade_to__gte=grade)
    return rows.count()


def asked_of_round(campaign: Campaign) -> list[tuple[str, str]]:
    """The instruments of a round, for a select: code and the title for staff."""
    rows = CampaignInstrument.objects.filter(campaign=campaign)
    return [(one.instrument, instruments.instrument(one.instrument, one.version).title.zh) for one in rows]


def asked_of_grade(campaign: Campaign, grade: int) -> list[tuple[str, str]]:
    """The instruments that this grade is asked, for a select: code and the title that pupils see."""
    rows = CampaignInstrument.objects.filter(campaign=campaign, grade_from__lte=grade, grade_to__gte=grade)
    return [(one.instrument, instruments.instrument(one.instrument, one.version).public_title.zh) for one in rows]


def choices(*, school_id: int | None = None, city_id: int | None = None) -> list[Choice]:
    """The newest released version of every instrument whose words are there at this place, and the grades that it fits
    and that the city has approved. Nothing while nothing is approved."""
    brought = wordings.usable_for(school_id=school_id, city_id=city_id) if school_id or city_id else {}
    newest = [
        one
        for one in instruments.released()
        if one.latest and (one.for_pupils or (one.informant == "self" and (one.code, one.version) in brought))
    ]
    approved = approved_grades(school_id=school_id, city_id=city_id)
    found = [Choice(one, _grades(one, approved.get((one.code, one.version), frozenset()), brought)) for one in newest]
    return [choice for choice in found if choice.grades]


def unapproved(*, school_id: int | None = None, city_id: int | None = None) -> list[InstrumentSummary]:
    """The newest versions that pupils could be asked, had the city approved them for some grade."""
    approved = approved_grades(school_id=school_id, city_id=city_id)
    newest = [one for one in instruments.released() if one.latest and one.for_pupils]
    return [
        one
        for one in newest
        if fitting_grades(youngest=one.youngest, oldest=one.oldest)
        and not _grades(one, approved.get((one.code, one.version), frozenset()), {})
    ]


def _grades(one: InstrumentSummary, approved: frozenset[int], brought: Brought) -> list[int]:
    """The approved grades that fit; marks of a brought wording can make an instrument one for older pupils."""
    usable = brought.get((one.code, one.version)) if one.needs_wording else None
    youngest = usable.youngest if usable else one.youngest
    return [grade for grade in fitting_grades(youngest=youngest, oldest=one.oldest) if grade in approved]
