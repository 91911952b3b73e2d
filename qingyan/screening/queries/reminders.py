"""What is left to do for somebody who looks after classes: rounds that end soon, and how many pupils still miss."""

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed
from qingyan.organisations.api import SchoolClass
from qingyan.screening.models import Campaign, Reminder
from qingyan.screening.policy import READ_PUPIL_PROGRESS
from qingyan.screening.queries.progress import PupilProgress, class_here, pupils_of


def reminders(actor: Actor) -> list[Reminder]:
    """The lines of the actor's own classes; nobody else gets any."""
    if not actor.classes_here or not allowed(actor, READ_PUPIL_PROGRESS):
        return []
    mine = Reminder.objects.filter(school_id=actor.school_id, school_class_id__in=actor.classes_here)
    return list(mine.select_related("campaign", "school_class").order_by("campaign__closes_at", "school_class_id"))


def unfinished(actor: Actor, campaign: Campaign, class_id: int) -> tuple[SchoolClass, list[PupilProgress]] | None:
    """The class and its pupils who have not handed in everything, or None when the class is out of sight."""
    school_class = class_here(actor, class_id)
    if school_class is None:
        return None
    return school_class, [one for one in pupils_of(actor, campaign, school_class) if not one.finished]
