"""Whom a pupil can turn to now. Who knows the rota registers; until then all counsellors count."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from qingyan.concerns.contracts import OnDuty
from qingyan.concerns.models import HelpNote
from qingyan.concerns.queries.boxes import at_the_doors
from qingyan.foundation.access.roles import Role
from qingyan.people import api as people

Finder = Callable[[int, datetime], list[UUID]]
MOST_NAMED = 3
_finders: list[Finder] = []


def register_duty(finder: Finder) -> None:
    """`finder(school id, now)` gives the accounts on duty, the first one first; an empty list: nobody is named."""
    _finders[:] = [finder]


def on_duty(school_id: int, now: datetime) -> list[OnDuty]:
    """At most three names. Without a rota the school's counsellors."""
    with at_the_doors(school_id):
        found = _finders[0](school_id, now) if _finders else []
        ids = found or people.holders(Role.COUNSELLOR, school_id=school_id, today=timezone.localdate(now))
        names = people.staff_names(set(ids))
    return [OnDuty(names[one]) for one in ids if one in names][:MOST_NAMED]


def help_note(school_id: int) -> HelpNote:
    """What the school's page says; an empty one when nobody wrote anything."""
    return HelpNote.objects.filter(school_id=school_id).first() or HelpNote(school_id=school_id)
