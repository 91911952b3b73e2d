"""What hangs on the crisis of the pupil of the story: the thread that district and city read. Keys for addresses."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qingyan.cases.models import Case, CrisisThread, Glass, ThreadEntry
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
        entry.content = '{"told_to": "区心理中心", "said": "已有人陪伴"}'
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
        glass.words = "需要知道是谁才能协助寻找"
        glass.save(force_insert=True)
    return {"thread_id": thread.id, "report": "first", "glass_id": glass.id}
