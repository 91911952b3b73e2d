"""The line of places and pages above every board of the bureau."""

from typing import Any

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed
from qingyan.insight.policy import READ_CITY_BOARD
from qingyan.insight.queries.boards import districts_for


def places(actor: Actor) -> dict[str, Any]:
    """The districts and whether the city may be read; nothing at a school."""
    if actor.school_id is not None:
        return {"districts": [], "may_city": False}
    return {"districts": districts_for(actor), "may_city": allowed(actor, READ_CITY_BOARD)}
