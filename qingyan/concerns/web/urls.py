"""Addresses of the doors, which are public, and of the two circles that read what came in."""

from django.urls import path

from qingyan.concerns.web.views import bullying, concern, door, help_settings, letter, staff_report

app_name = "concerns"
urlpatterns = [
    path("s/<slug:slug>/help/", door.help_page, name="help"),
    path("s/<slug:slug>/help/message/", door.help_message, name="help_message"),
    path("s/<slug:slug>/help/settings/", help_settings.help_settings, name="help_settings"),
    path("s/<slug:slug>/worry/", door.worry, name="worry"),
    path("s/<slug:slug>/letters/", door.letter, name="letter"),
    path("s/<slug:slug>/letters/reply/", letter.reply, name="reply"),
    path("s/<slug:slug>/stop-bullying/", door.bullying, name="tell_bullying"),
    path("s/<slug:slug>/concerns/", concern.concerns, name="concerns"),
    path("s/<slug:slug>/reports/new/", staff_report.report, name="report"),
    path("s/<slug:slug>/reports/waiting/", help_settings.waiting, name="waiting"),
    path("s/<slug:slug>/concerns/<uuid:concern_id>/", concern.concern, name="concern"),
    path("s/<slug:slug>/concerns/<uuid:concern_id>/<slug:verb>/", concern.do, name="concern_do"),
    path("s/<slug:slug>/bullying/", bullying.reports, name="bullying"),
    path("s/<slug:slug>/bullying/<uuid:bullying_id>/", bullying.report, name="bullying_report"),
    path("s/<slug:slug>/bullying/<uuid:bullying_id>/<slug:verb>/", bullying.do, name="bullying_do"),
]
