"""Addresses of the test day: seats, script, devices, live boards, reminders."""

from django.urls import path

from qingyan.screening.web.views import live, seats, testday

ROUND = "s/<slug:slug>/campaigns/<uuid:campaign_id>/"
SEATS = ROUND + "seats/<int:class_id>/"

urlpatterns = [
    path(SEATS, seats.seats, name="seats"),
    path(SEATS + "board/", seats.board, name="seat_board"),
    path(SEATS + "seating/", seats.seat_class, name="seat_class"),
    path(SEATS + "help/<uuid:sitting_id>/", seats.help_given, name="help_given"),
    path(SEATS + "<uuid:student_id>/", seats.someone_else, name="someone_else"),
    path("campaigns/live/", live.rounds, name="live_rounds"),
    path("campaigns/<uuid:campaign_id>/live/", live.city_live, name="city_live"),
    path("campaigns/<uuid:campaign_id>/live.xlsx", live.city_live_workbook, name="city_live_workbook"),
    path(ROUND + "live/", live.school_live, name="live"),
    path(ROUND + "live.xlsx", live.school_live_workbook, name="live_workbook"),
    path(ROUND + "classes/<int:class_id>/open/", testday.still_open, name="still_open"),
    path("s/<slug:slug>/test-day/", testday.script, name="script"),
    path("device/", testday.device, name="device"),
    path(ROUND + "set-aside/", seats.set_aside, name="set_aside"),
]
