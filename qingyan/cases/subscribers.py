"""What cases does, inside the transaction, when a lower domain announces a fact."""

from typing import Any

from qingyan.cases.actions.passing_on import PASSING_SIGHT, pass_on_school
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.foundation.events.api import subscribe
from qingyan.people.events import ClassesChanged

PURPOSE = "support cards and errands follow the pupil's class"


def on_classes_changed(event: ClassesChanged, cursor: Any) -> None:
    """Cards and errands pass to the new homeroom teacher in the transaction that changes the class."""
    by = system_actor(school_id=event.school, sight=PASSING_SIGHT, purpose=PURPOSE)
    with entered(by):
        pass_on_school(by=by, now=event.at)


def listen() -> None:
    """Register the handlers; called when the application starts."""
    subscribe(ClassesChanged, on_classes_changed, in_transaction=True)
