"""Addresses of screening: rounds for staff, rounds of the city, tests and sheets for pupils. /a/… is web/lean."""

from django.urls import include, path

from qingyan.screening.web.views import campaigns, city_campaigns, looks, opening, quality, sheets, tests

app_name = "screening"
urlpatterns = [
    path("", include("qingyan.screening.web.urls_testday")),
    path("", include("qingyan.screening.web.urls_planning")),
    path("", include("qingyan.screening.web.urls_burden")),
    path("", include("qingyan.screening.web.urls_second")),
    path("", include("qingyan.screening.web.urls_parents")),
    path("", include("qingyan.screening.web.urls_registration")),
    path("campaigns/", city_campaigns.campaigns, name="city_campaigns"),
    path("campaigns/<uuid:campaign_id>/", city_campaigns.campaign, name="city_campaign"),
    path("campaigns/<uuid:campaign_id>/open/", opening.city_open_campaign, name="city_open_campaign"),
    path("campaigns/<uuid:campaign_id>/close/", opening.city_close_campaign, name="city_close_campaign"),
    path("campaigns/<uuid:campaign_id>/progress.xlsx", city_campaigns.campaign_workbook, name="city_workbook"),
    path("s/<slug:slug>/campaigns/", campaigns.campaigns, name="campaigns"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/", campaigns.campaign, name="campaign"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/open/", opening.open_campaign, name="open_campaign"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/close/", opening.close_campaign, name="close_campaign"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/progress.xlsx", campaigns.campaign_workbook, name="workbook"),
    path(
        "s/<slug:slug>/campaigns/<uuid:campaign_id>/classes/<int:class_id>/",
        campaigns.class_progress,
        name="class_progress",
    ),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/answering/", quality.answering, name="answering"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/answering/progress/", quality.progress, name="answering_progress"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/answering/check/", quality.check, name="check_answering"),
    path(
        "s/<slug:slug>/campaigns/<uuid:campaign_id>/answering.xlsx", quality.class_workbook, name="answering_workbook"
    ),
    path("s/<slug:slug>/answering/<uuid:sitting_id>/", quality.decide, name="decide_answering"),
    path("s/<slug:slug>/tests/", tests.tests, name="tests"),
    path("s/<slug:slug>/tests/withdraw/", tests.withdraw, name="withdraw"),
    path("s/<slug:slug>/tests/<uuid:campaign_id>/<slug:instrument>/", tests.notice, name="notice"),
    path("s/<slug:slug>/tests/<uuid:campaign_id>/<slug:instrument>/decline/", tests.decline, name="decline"),
    path("s/<slug:slug>/my-looks/", looks.own_looks, name="own_looks"),
    path("s/<slug:slug>/guardian-looks/", looks.guardian_looks, name="guardian_looks"),
    path("s/<slug:slug>/sheets/<uuid:sitting_id>/", sheets.sheet, name="sheet"),
    path("s/<slug:slug>/sheets/<uuid:sitting_id>/pause/", sheets.pause, name="pause"),
    path("s/<slug:slug>/sheets/<uuid:sitting_id>/stop/", sheets.stop, name="stop"),
    path("s/<slug:slug>/sheets/<uuid:sitting_id>/resume/", sheets.resume, name="resume"),
    path("s/<slug:slug>/sheets/<uuid:sitting_id>/help/", sheets.ask_for_help, name="ask_for_help"),
    path("s/<slug:slug>/sheets/<uuid:sitting_id>/done/", sheets.done, name="done"),
]
