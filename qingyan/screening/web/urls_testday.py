"""Addresses of the test day: seats, script, devices, live boards, reminders."""

from django.urls import path

from qingyan.screening.web.views import keying, live, paper, seats, testday

ROUND = "s/<slug:slug>/campaigns/<uuid:campaign_id>/"
SEATS = ROUND + "seats/<int:class_id>/"
PAPER = "s/<slug:slug>/paper/<uuid:form_id>/"

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
    path(ROUND + "paper/", paper.papers, name="papers"),
    path(ROUND + "paper/print/<int:class_id>/", paper.print_papers, name="print_papers"),
    path(ROUND + "paper/batches/<uuid:batch_id>/", paper.batch, name="paper_batch"),
    path(ROUND + "paper/batches/<uuid:batch_id>.pdf", paper.batch_pdf, name="paper_pdf"),
    path(ROUND + "paper/<uuid:form_id>/pupil/", paper.assign, name="assign_paper"),
    path(ROUND + "paper/<uuid:form_id>/void/", paper.void, name="void_paper"),
    path(PAPER, keying.keying, name="keying"),
    path(PAPER + "key/", keying.key, name="key_item"),
    path(PAPER + "finish/", keying.finish, name="finish_keying"),
    path(PAPER + "compare/", keying.compare, name="compare_entries"),
    path(ROUND + "set-aside/", seats.set_aside, name="set_aside"),
]
