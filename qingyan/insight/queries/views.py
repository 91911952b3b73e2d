"""Views that analysts kept: the own ones, and those that colleagues of the same place share."""

from django.db.models import Q, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.insight.models import SavedView
from qingyan.insight.queries.exploring import own_place


def views_for(actor: Actor) -> QuerySet[SavedView]:
    """The newest first; row-level security leaves out what others keep for themselves. Raises NotVisible."""
    place = own_place(actor)
    here = Q(level=place.level, place=place.id, shared=True)
    return SavedView.objects.filter(here | Q(owner_id=actor.id)).select_related("owner")
