"""Whether the guardian's yes stands today for sending a pupil somewhere; asked of the consent domain each time."""

from datetime import datetime

from django.utils import timezone

from qingyan.cases.models import Case, Referral
from qingyan.cases.queries import packs
from qingyan.cases.rules.referral import CONSENT
from qingyan.consent import api as consent
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.people import api as people
from qingyan.people.contracts import Pupil


def agrees(case: Case, kind: str, now: datetime) -> bool:
    """The guardian agreed, and has not taken it back; never where a guardian may be the source of harm."""
    pupil = pupil_for(case.school_id, case)
    return pupil is not None and not case.guardian_withheld and _agreed(pupil, kind, now)


def still_stands(referral: Referral, pupil: Pupil, now: datetime) -> bool:
    """Whether the referral may still be shown outside: a ground stands, a consent only until it is taken back."""
    return referral.basis != CONSENT or _agreed(pupil, referral.kind, now)


def pupil_for(school_id: int, row: Case | Referral) -> Pupil | None:
    """Who it is about, in a scope that sees no more than identities."""
    lent = system_actor(school_id=school_id, sight=frozenset({Sight.IDENTITY}), purpose="referral: whom it is about")
    with entered(lent):
        return people.pupil(lent, row.student_id)


def _agreed(pupil: Pupil, kind: str, now: datetime) -> bool:
    purpose = packs.referral().consents[kind]
    part = consent.standings([pupil], purpose, on=timezone.localdate(now))[pupil.id]
    return part in (consent.Part.GIVEN, consent.Part.NOT_NEEDED)
