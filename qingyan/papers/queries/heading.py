"""What stands on every paper of a school, and the mark of who looks at it."""

from datetime import datetime

from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.organisations import api as organisations
from qingyan.papers.rules.data import Mark


def mark_of(by: Actor, now: datetime, purpose: str = "") -> Mark:
    """Who looks, and when, local time."""
    return Mark(by.name, f"{timezone.localtime(now):%Y-%m-%d %H:%M}", purpose)


def heading(by: Actor, now: datetime) -> dict[str, str]:
    """The school where the actor stands, and the day."""
    school = organisations.schools_by_id([by.school_id] if by.school_id else [])
    return {"school": school[0].name if school else "", "printed_on": f"{timezone.localdate(now):%Y-%m-%d}"}
