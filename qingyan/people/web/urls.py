"""Addresses of people: the pupils' door and their slips. The roster's are urls_roster.py, staff's urls_staff.py."""

from django.urls import include, path

from qingyan.people.web.views import door, slip_prints, slips

app_name = "people"
urlpatterns = [
    path("", include("qingyan.people.web.urls_roster")),
    path("", include("qingyan.people.web.urls_staff")),
    path("", include("qingyan.people.web.urls_files")),
    path("s/<slug:slug>/door/", door.door, name="door"),
    path("s/<slug:slug>/door/confirmation/", door.confirmation, name="door_confirmation"),
    path("s/<slug:slug>/sign-out/", door.sign_out, name="sign_out"),
    path("s/<slug:slug>/goodbye/", door.goodbye, name="goodbye"),
    path("s/<slug:slug>/slips/", slips.slips, name="slips"),
    path("s/<slug:slug>/slips/print/", slip_prints.ask, name="ask_slip_print"),
    path("s/<slug:slug>/slips/print/<uuid:print_id>/", slip_prints.show, name="slip_print"),
    path("s/<slug:slug>/slips/print/<uuid:print_id>/pdf/", slip_prints.fetch, name="fetch_slip_print"),
    path("s/<slug:slug>/slips/<int:class_id>/", slips.slips_of, name="slips_of"),
    path("s/<slug:slug>/slips/<int:class_id>/sheet/", slips.issue, name="issue_slips"),
    path("s/<slug:slug>/slips/<int:class_id>/<uuid:student_id>/sheet/", slips.reissue, name="reissue_slip"),
    path("s/<slug:slug>/slips/<int:class_id>/<uuid:student_id>/void/", slips.void, name="void_slip"),
]
