"""What every page's template may use: the actor, the school, the navigation, the hotlines, whether this is the demo."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from qingyan.alerts import api as alerts
from qingyan.config.env import Mode
from qingyan.config.navigation import navigation
from qingyan.foundation.access.actor import ANONYMOUS
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations


def page(request: HttpRequest) -> dict:
    """Context of every template; the lists are read from the database only where a template uses them."""
    request.actor = getattr(request, "actor", ANONYMOUS)
    request.school = getattr(request, "school", None)
    return {
        "actor": request.actor,
        "school": request.school,
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "unread": SimpleLazyObject(lambda: notifications.unread_count(request.actor)),
        "live": SimpleLazyObject(lambda: _live(request)),
        "hotlines": SimpleLazyObject(organisations.hotlines),
        "demo": settings.QINGYAN.mode is Mode.DEMO,
    }


def _live(request: HttpRequest) -> dict[str, str] | None:
    """Where an open page asks whether something urgent waits, and whose figure in the navigation it keeps."""
    if request.school is None or not alerts.hears_of_urgent_alerts(request.actor):
        return None
    here = {"slug": request.school.slug}
    return {"asks": reverse("alerts:live", kwargs=here), "queue": reverse("alerts:queue", kwargs=here)}
