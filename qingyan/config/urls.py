"""Every address of the house, one line per domain; below them each domain's own `web/urls.py`."""

from django.urls import include, path

from qingyan.config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("version", health.version, name="version"),
    path("accounts/", include("allauth.urls")),
    path("", include("qingyan.people.web.urls")),
    path("", include("qingyan.organisations.web.urls")),
    path("", include("qingyan.instruments.web.urls")),
    path("", include("qingyan.archives.web.urls")),
    path("", include("qingyan.alerts.web.urls")),
]
