"""A referral on its way, for whoever walks through every address. Not a test."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from qingyan.cases.models import Referral
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from tests.factories.city import EVERYTHING, Place


def make_referral(place: Place, case_id: UUID, now: datetime) -> UUID:
    """To a hospital whose name is a canary; made in the school's own scope."""
    content = {"recipient": f"canary-{place.school.slug}-case", "reasons": ["mood"], "risks": ["thoughts"]}
    row = Referral(
        case_id=case_id,
        school=place.school,
        student=place.pupil,
        kind="hospital",
        guide="referral/1.0",
        state="sent",
        basis="danger",
        opened_at=now,
        since=now,
        sent_at=now,
        due_at=now + timedelta(days=3),
        content=json.dumps(content),
    )
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        row.save(force_insert=True)
    return row.id
