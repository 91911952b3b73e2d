"""Addresses of cases, all inside a school's sub-site."""

from django.urls import path

from qingyan.cases.web.views import case, cases, diagram, interview, leader, opening, panel, steps

app_name = "cases"
CASE = "s/<slug:slug>/cases/<uuid:case_id>/"
urlpatterns = [
    path("s/<slug:slug>/cases/", cases.cases, name="cases"),
    path("s/<slug:slug>/cases/states/", diagram.diagram, name="diagram"),
    path("s/<slug:slug>/cases/waiting/", leader.leader, name="leader"),
    path("s/<slug:slug>/cases/open/pupil/<uuid:student_id>/", opening.by_hand, name="open"),
    path("s/<slug:slug>/cases/open/alert/<uuid:alert_id>/", opening.from_alert, name="open_from_alert"),
    path(CASE, case.case, name="case"),
    path(CASE + "owner/", steps.take, name="take"),
    path(CASE + "handover/", steps.hand_over, name="hand_over"),
    path(CASE + "interview/", interview.interview, name="interview"),
    path(CASE + "interviews/", interview.interviews, name="interviews"),
    path(CASE + "panel/", panel.convene, name="convene"),
    path(CASE + "panel/minutes/", panel.hold, name="hold"),
    path(CASE + "panel/answer/", panel.answer, name="answer"),
    path(CASE + "panels/", panel.panels, name="panels"),
    path(CASE + "seal/", steps.ask_seal, name="ask_seal"),
    path(CASE + "second-reading/", steps.second_reading, name="second_reading"),
    path(CASE + "step/<str:verb>/", steps.step, name="step"),
    path(CASE + "todos/<uuid:todo_id>/", steps.todo_done, name="todo_done"),
]
