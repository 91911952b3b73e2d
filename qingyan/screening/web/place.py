"""Where a page of rounds stands: at a school or in the city. Its addresses, and the round that may be seen there."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from qingyan.foundation.access.policy import allowed
from qingyan.screening.actions.campaigns import Holder
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN, cities_of
from qingyan.screening.queries.campaigns import campaign_at_school, city_campaign


@dataclass(frozen=True)
class At:
    """Addresses of rounds, or of one round: `at["capacity"]` in views, `at.capacity` in templates.

    The name is the one at a school; in the city it begins with `city_`.
    """

    slug: str | None
    campaign: UUID | None = None

    def __getitem__(self, name: str) -> str:
        return self.to(name)

    def to(self, name: str, *more: object) -> str:
        """The address with further parts of its path."""
        parts = [part for part in (self.slug, self.campaign, *more) if part is not None]
        return reverse(f"screening:{name if self.slug else 'city_' + name}", args=parts)


def at_of(request: HttpRequest, campaign: Campaign | None = None) -> At:
    """The addresses at the place of the request."""
    return At(request.school.slug if request.school else None, campaign.id if campaign else None)


def holder_of(request: HttpRequest) -> Holder:
    """Whose rounds are planned at the place of the request."""
    return Holder(school_id=request.school.id) if request.school else Holder(city_id=min(cities_of(request.actor)))


def round_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    """A round that the actor may read at this place."""
    found = (campaign_at_school if request.school else city_campaign)(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found


def own_round_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    """A round that the actor may plan: of the school, or of the city."""
    found = round_or_404(request, campaign_id)
    wanted = MANAGE_CAMPAIGN if request.school else MANAGE_CITY_CAMPAIGN
    if not allowed(request.actor, wanted, found):
        raise Http404
    return found
