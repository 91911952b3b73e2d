"""Every address of the house, one line per domain; below them each domain's own `web/urls.py`."""

from django.urls import include, path

from qingyan.config import health, start

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("version", health.version, name="version"),
    path("start/", start.start, name="start"),
    path("accounts/", include("qingyan.config.accounts")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ui/", include("qingyan.ui.urls")),
    path("", include("qingyan.foundation.jobs.urls")),
    path("", include("qingyan.people.web.urls")),
    path("", include("qingyan.notifications.web.urls")),
    path("", include("qingyan.organisations.web.urls")),
    path("", include("qingyan.instruments.web.urls")),
    path("", include("qingyan.archives.web.urls")),
    path("", include("qingyan.alerts.web.urls")),
    path("", include("qingyan.cases.web.urls")),
    path("", include("qingyan.papers.web.urls")),
    path("", include("qingyan.early_warning.web.urls")),
    path("", include("qingyan.insight.web.urls")),
    path("", include("qingyan.consent.web.urls")),
    path("", include("qingyan.screening.web.urls")),
    path("", include("qingyan.concerns.web.urls")),
]
