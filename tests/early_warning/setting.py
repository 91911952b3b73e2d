"""Shortcuts to the city's officer and a signed pack. Not a test."""

from django.utils import timezone

from qingyan.early_warning.actions.signing import sign_points
from qingyan.early_warning.models import PackSignature
from qingyan.early_warning.queries import point_packs
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import PLATFORM_CHAIN
from qingyan.foundation.audit.models import AuditEntry
from tests.factories.city import EVERYTHING, Cast


def officer(cast: Cast) -> Actor:
    """The city's officer, outside any school."""
    return cast.actor(cast.city_officer)


def signed(cast: Cast, by: Actor | None = None, digest: str | None = None) -> PackSignature:
    """The officer signs the pack in force."""
    who = by or officer(cast)
    with entered(who):
        given = digest or point_packs.current(cast.city.id).digest
        return sign_points(city_id=cast.city.id, digest=given, note="可以试用", by=who, now=timezone.now())


def trail(action: str) -> list[AuditEntry]:
    """What the city's own trail says about such deeds, the oldest first."""
    here = system_actor(school_id=str(PLATFORM_CHAIN), sight=EVERYTHING, purpose="test")  # 0 would read as "nowhere"
    with entered(here):
        return list(AuditEntry.objects.filter(action=action).order_by("id"))
