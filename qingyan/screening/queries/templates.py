"""What a new round may start from: templates of the place and its city, and earlier rounds that are seen there."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.screening.models import Campaign, RoundTemplate
from qingyan.screening.queries.burden import RoundHolder, city_of
from qingyan.screening.queries.campaigns import campaigns_at_school, city_campaigns

EARLIER = 20


@dataclass(frozen=True)
class Sources:
    """Rounds by whose plan a new one may begin."""

    templates: list[Campaign]
    earlier: list[Campaign]

    def find(self, campaign_id: UUID | None) -> Campaign | None:
        """One of them, or None."""
        return next((one for one in [*self.templates, *self.earlier] if one.id == campaign_id), None)


def sources(actor: Actor, holder: RoundHolder) -> Sources:
    """For somebody who plans for this holder. A draft of the city is a source for schools only as a template."""
    marked = RoundTemplate.objects.values("campaign_id")
    here = Q(city_id=city_of(holder))
    if holder.school_id is not None:
        here |= Q(school_id=holder.school_id)
    seen = _seen(actor, holder).exclude(id__in=marked).order_by("-opens_at", "id")
    return Sources(
        templates=list(Campaign.objects.filter(here, id__in=marked).order_by("title", "id")),
        earlier=list(seen[:EARLIER]),
    )


def is_template(campaign: Campaign) -> bool:
    """Whether it is marked."""
    return RoundTemplate.objects.filter(campaign=campaign).exists()


def _seen(actor: Actor, holder: RoundHolder) -> "QuerySet[Campaign]":
    return campaigns_at_school(actor) if holder.school_id is not None else city_campaigns(actor)
