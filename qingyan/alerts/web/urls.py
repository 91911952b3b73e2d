"""Addresses of alerts, inside a school's sub-site; and what the district is asked to do, which names no pupil."""

from django.urls import path

from qingyan.alerts.web.views import (
    acknowledgement,
    alert,
    answers,
    bulk,
    closing,
    district,
    duty,
    giving,
    live,
    queue,
    today,
    watching,
)

app_name = "alerts"
urlpatterns = [
    path("s/<slug:slug>/today/", today.today, name="today"),
    path("s/<slug:slug>/alerts/", queue.queue, name="queue"),
    path("s/<slug:slug>/alerts/live/", live.live, name="live"),
    path("s/<slug:slug>/alerts/pulse/", queue.pulse, name="pulse"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/", alert.alert, name="alert"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/sheet/", alert.sheet, name="alert_sheet"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/acknowledgement/", acknowledgement.acknowledge, name="acknowledge"),
    path("s/<slug:slug>/answers/<uuid:sitting_id>/", answers.answers, name="answers"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/owner/", giving.give, name="give"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/release/", giving.release, name="release"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/closing/", closing.close, name="close"),
    path("s/<slug:slug>/alerts/<uuid:alert_id>/review/", closing.review, name="review"),
    path("s/<slug:slug>/alerts/bulk/", bulk.bulk, name="bulk"),
    path("s/<slug:slug>/alerts/caseload/", bulk.loads, name="caseload"),
    path("s/<slug:slug>/duty/", duty.duty, name="duty"),
    path("s/<slug:slug>/duty/calls/<uuid:alert_id>/", duty.answer, name="answer"),
    path("s/<slug:slug>/duty/reviews/<uuid:alert_id>/", duty.review, name="leader_review"),
    path("s/<slug:slug>/duty/absences/", duty.away, name="away"),
    path("s/<slug:slug>/duty/absences/<uuid:absence_id>/end/", duty.back, name="back"),
    path("s/<slug:slug>/duty/posts/", duty.name, name="name"),
    path("s/<slug:slug>/duty/posts/<uuid:duty_post_id>/end/", duty.strike, name="strike"),
    path("operations/alerts/", watching.sweeps, name="sweeps"),
    path("district/calls/", district.calls, name="district"),
    path("district/calls/<uuid:call_id>/", district.rang, name="rang"),
]
