"""Addresses of alerts, all inside a school's sub-site."""

from django.urls import path

from qingyan.alerts.web.views import acknowledgement, alert, answers, queue, today

app_name = "alerts"
urlpatterns = [
    path("s/<slug:slug>/today/", today.today, name="today"),
    path("s/<slug:slug>/alerts/", queue.queue, name="queue"),
    path("s/<slug:slug>/alerts/pulse/", queue.pulse, name="pulse"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/", alert.alert, name="alert"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/sheet/", alert.sheet, name="alert_sheet"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/acknowledgement/", acknowledgement.acknowledge, name="acknowledge"),
    path("s/<slug:slug>/answers/<uuid:sitting_id>/", answers.answers, name="answers"),
]
