"""What the school's help page says beside the numbers."""

from dataclasses import dataclass
from datetime import datetime

from qingyan.concerns.models import HelpNote
from qingyan.concerns.policy import KEEP_HELP
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record


@dataclass(frozen=True)
class Reach:
    """How the school is reached."""

    phone: str
    place: str
    hours: str


def keep_help_note(*, reach: Reach, by: Actor, now: datetime) -> None:
    """Show this on the public page from now on. Raises NotVisible."""
    require(by, KEEP_HELP)
    shown = {"phone": reach.phone, "place": reach.place, "hours": reach.hours}
    HelpNote.objects.update_or_create(school_id=by.school_id, defaults=shown)
    record(by=by, action="help.page_changed", subject_kind="school", subject_id=by.school_id, now=now)
