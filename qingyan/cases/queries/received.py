"""What the receiver of a referral reads: the minimum set; with the second code the name; never a paper of the case."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from qingyan.cases.models import Referral, ReferralCode
from qingyan.cases.queries import packs
from qingyan.cases.queries.consenting import pupil_for
from qingyan.cases.rules.referral import MinimumSet, minimum_set
from qingyan.cases.workflow import REFERRAL
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.people import api as people
from qingyan.people.contracts import Pupil

SEX_WORDS = {"F": "女", "M": "男", "U": ""}


@dataclass(frozen=True)
class Received:
    """The receiver's page. `name` is empty until the second code was entered."""

    referral: Referral
    set: MinimumSet
    verbs: frozenset[str]
    name: str = field(default="", repr=False)


def received(code: ReferralCode, now: datetime) -> Received | None:
    """The page of this session; None when the pupil has gone from this school."""
    referral = code.referral
    pupil = pupil_for(code.school_id, referral)
    if pupil is None:
        return None
    verbs = frozenset(step.verb for step in REFERRAL.steps_from(referral.state))
    name = pupil.name if code.named_at else ""
    return Received(referral, set_of(referral, pupil, contact=referral.contact_agreed, now=now), verbs, name)


def set_of(referral: Referral, pupil: Pupil, *, contact: bool, now: datetime) -> MinimumSet:
    """The minimum set of this referral; the preview before sending and the receiver's page are the same function."""
    content = json.loads(referral.content or "{}")
    return minimum_set(
        packs.referral(),
        age=people.age_on(pupil.birth_date, timezone.localdate(now)),
        sex=SEX_WORDS.get(pupil.sex, ""),
        chosen=content,
        contacts=_contacts(referral) if contact else None,
    )


def _contacts(referral: Referral) -> list[str]:
    lent = system_actor(
        school_id=referral.school_id, sight=frozenset({Sight.CONTACTS}), purpose="referral: contact agreed to"
    )
    with entered(lent):
        found = people.guardians_of(lent, referral.student_id)
    return [" ".join(part for part in (one.relation, one.phone) if part) for one in found if one.phone]
