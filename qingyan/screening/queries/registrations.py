"""Registrations of tests that schools want to run: lists, one with its history, and what a round still lacks."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, permitted_rows
from qingyan.instruments import api as instruments
from qingyan.screening.contracts import Chosen
from qingyan.screening.models import Campaign, CampaignInstrument, Registration, RegistrationStep
from qingyan.screening.policy import DECIDE_REGISTRATION, READ_CITY_REGISTRATIONS, READ_REGISTRATIONS
from qingyan.screening.purposes import SCHOOLS_OWN
from qingyan.screening.queries.burden import grades_in_words, registration_burden_faults
from qingyan.screening.queries.reviewed import review_faults
from qingyan.screening.rules.registration import Registered, Wanted, uncovered
from qingyan.screening.workflow import APPROVED, FILED, REGISTRATION


def registrations_at_school(actor: Actor) -> "QuerySet[Registration]":
    """Those of this school."""
    return Registration.objects.filter(permitted_rows(actor, READ_REGISTRATIONS))


def city_registrations(actor: Actor) -> "QuerySet[Registration]":
    """Those of all schools of the officer's city."""
    return Registration.objects.filter(permitted_rows(actor, READ_CITY_REGISTRATIONS)).select_related("school")


def registration_at_school(actor: Actor, registration_id: UUID) -> Registration | None:
    """One of this school, or None."""
    return registrations_at_school(actor).filter(id=registration_id).first()


def city_registration(actor: Actor, registration_id: UUID) -> Registration | None:
    """One of the officer's city, or None."""
    return city_registrations(actor).filter(id=registration_id).first()


def in_state(rows: "QuerySet[Registration]", state: str) -> "QuerySet[Registration]":
    """Those in this state; an unknown state keeps all."""
    return rows.filter(state=state) if state in REGISTRATION.states() else rows


def history_of(registration: Registration) -> list[RegistrationStep]:
    """Everything that was said about it, the oldest first."""
    return list(RegistrationStep.objects.filter(registration=registration).select_related("by").order_by("at"))


def registrations_waiting(actor: Actor) -> int:
    """How many wait for the city; 0 for whoever does not decide."""
    if not allowed(actor, DECIDE_REGISTRATION):
        return 0
    return Registration.objects.filter(permitted_rows(actor, DECIDE_REGISTRATION), state=FILED).count()


def against(registration: Registration) -> list[str]:
    """What speaks against approving it, in plain words: the review of the instrument, the test burden."""
    asked = Chosen(registration.instrument, registration.version, registration.grade_from, registration.grade_to)
    reviewed = review_faults(Campaign(school_id=registration.school_id), [asked]) if registration.instrument else []
    return reviewed + registration_burden_faults(registration)


def campaign_registration_faults(campaign: Campaign) -> list[str]:
    """What a round with the purpose "school's own" lacks; empty for every other purpose."""
    if campaign.purpose != SCHOOLS_OWN:
        return []
    if campaign.school_id is None:
        return [_("全市的活动不能用“学校自行安排”作目的，请改选。")]
    opens, closes = timezone.localdate(campaign.opens_at), timezone.localdate(campaign.closes_at)
    wanted = [
        Wanted(campaign.school_id, row.instrument, row.version, range(row.grade_from, row.grade_to + 1), opens, closes)
        for row in CampaignInstrument.objects.filter(campaign=campaign)
    ]
    rows = Registration.objects.filter(school_id=campaign.school_id, state=APPROVED)
    return [_lacks(one) for one in uncovered(wanted, map(_registered, rows))]


def _lacks(one: Wanted) -> str:
    facts = {
        "title": instruments.instrument(one.instrument, one.version).title.zh,
        "version": one.version,
        "grades": grades_in_words(one.grades),
        "from": one.opens.isoformat(),
        "to": one.closes.isoformat(),
    }
    said = _(
        "《%(title)s》%(version)s：学校自行安排的测评要先登记。"
        "还没有一份已批准的登记包含%(grades)s、%(from)s 至 %(to)s，请在“测评登记”里登记，等市里批准。"
    )
    return str(said % facts)


def _registered(row: Registration) -> Registered:
    grades = range(row.grade_from, row.grade_to + 1)
    return Registered(row.school_id, row.instrument, row.version, grades, row.opens_on, row.closes_on)
