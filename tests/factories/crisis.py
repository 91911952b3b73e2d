"""What hangs on the crisis of the pupil of the story: the thread that district and city read. Keys for addresses."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qingyan.cases.models import (
    Case,
    Counselling,
    CrisisThread,
    Glass,
    MandatoryRecord,
    Postvention,
    ProcessNote,
    TeamSummary,
    ThreadEntry,
)
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Account
from tests.factories.city import EVERYTHING, Place


def make_crisis(place: Place, case_id: UUID, officer: Account) -> dict[str, object]:
    """Made in the school's own scope; gives back a value for each kind of key in an address."""
    now = timezone.now()
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        case = Case.objects.get(id=case_id)
        thread = CrisisThread.objects.create(
            school=place.school,
            case=case,
            code=case.code,
            pack=case.pack,
            level=case.level,
            opened_at=now,
            opened_by=place.counsellor,
            due_at=now + timezone.timedelta(hours=24),
        )
        entry = ThreadEntry(thread=thread, school=place.school, kind="oral", at=now, by=place.counsellor)
        entry.content = json.dumps({"told_to": "区心理中心", "said": f"canary-{place.school.slug}-case-thread"})
        entry.save(force_insert=True)
        glass = Glass(
            school=place.school,
            thread=thread,
            opened_by=officer,
            opened_at=now,
            expires_at=now + timezone.timedelta(minutes=60),
            reason="rescue",
            review_due_at=now + timezone.timedelta(hours=72),
        )
        glass.words = f"canary-{place.school.slug}-glass"
        glass.save(force_insert=True)
        talk = make_notes(case, place, now)
        more = make_mandatory(case, place, now)
    return {"thread_id": thread.id, "report": "first", "glass_id": glass.id, "counselling_id": talk, **more}


def make_notes(case: Case, place: Place, now: datetime) -> UUID:
    """One talk of the counsellor with both notes; their words must not leave the vault."""
    owned = {"school": place.school, "student": place.pupil, "by": place.counsellor}
    talk = Counselling(case=case, number=1, held_at=now, minutes=40, way="room", recorded_at=now, **owned)
    talk.save(force_insert=True)
    for model, word in ((TeamSummary, "summary"), (ProcessNote, "process")):
        note = model(counselling=talk, version=1, at=now, **owned)
        note.text = f"canary-{place.school.slug}-case-{word}"
        note.save(force_insert=True)
    return talk.id


def make_mandatory(case: Case, place: Place, now: datetime) -> dict[str, object]:
    """A report whose circle is the counsellor and the leader; and the care after an incident."""
    row = MandatoryRecord(
        case=case,
        school=place.school,
        student=place.pupil,
        reported_at=now,
        recorded_at=now,
        by=place.counsellor,
        law="mandatory-report/1.0",
        guardian_suspected=False,
        readers=[place.counsellor.id, place.principal.id],
    )
    words = f"canary-{place.school.slug}-case-mandatory"
    row.content = json.dumps({"situations": ["other"], "facts": words, "authority": words, "receipt": ""})
    row.save(force_insert=True)
    care = Postvention.objects.create(
        school=place.school,
        kind="accident",
        pack="postvention/1.0",
        happened_at=now,
        media_owner=place.principal,
        opened_by=place.counsellor,
        opened_at=now,
    )
    return {"record_id": row.id, "care_id": care.id, "part": "ring"}
