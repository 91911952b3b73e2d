"""The city of an empty installation, by the platform itself."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api
from qingyan.organisations.api import Unfit

__all__ = ["Unfit", "found"]


def found(name: str) -> dict[str, Any]:
    """Raises Unfit when there is a city."""
    by = system_actor(school_id=None, sight=frozenset(), purpose="first officers")
    with transaction.atomic(), entered(by):
        city = api.found_city(name=name, by=by, now=timezone.now())
    return {"city": city.id, "name": city.name}
