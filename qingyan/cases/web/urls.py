"""Addresses of cases, all inside a school's sub-site."""

from django.urls import path

from qingyan.cases.web.urls_crisis import CRISIS
from qingyan.cases.web.views import (
    case,
    cases,
    diagram,
    follow_up,
    guardian_talk,
    interview,
    leader,
    opening,
    panel,
    plan,
    receiver,
    referral,
    steps,
    support,
)

app_name = "cases"
CASE = "s/<slug:slug>/cases/<uuid:case_id>/"
REFERRAL = CASE + "referrals/<uuid:referral_id>/"
urlpatterns = [
    path("s/<slug:slug>/referral/", receiver.door, name="receiver_door"),
    path("s/<slug:slug>/referral/page/", receiver.page, name="receiver_page"),
    path("s/<slug:slug>/referral/page/name/", receiver.name, name="receiver_name"),
    path("s/<slug:slug>/referral/page/answer/<str:verb>/", receiver.answer, name="receiver_answer"),
    path("s/<slug:slug>/referral/page/close/", receiver.close, name="receiver_close"),
    *CRISIS,
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
    path(CASE + "referrals/", referral.referrals, name="referrals"),
    path(CASE + "referrals/new/", referral.refer, name="refer"),
    path(REFERRAL + "basis/", referral.basis, name="referral_basis"),
    path(REFERRAL + "letter/", referral.letter, name="referral_letter"),
    path(REFERRAL + "end/", referral.decline, name="referral_decline"),
    path(REFERRAL + "heard/<str:verb>/", referral.heard, name="referral_heard"),
    path(CASE + "followup/", follow_up.follow_up, name="follow_up"),
    path(CASE + "followups/", follow_up.follow_ups, name="follow_ups"),
    path(CASE + "close/", follow_up.close, name="close"),
    path(CASE + "guardian/", guardian_talk.guardian_talk, name="guardian_talk"),
    path(CASE + "guardians/", guardian_talk.guardian_talks, name="guardian_talks"),
    path(CASE + "plans/", plan.plans, name="plans"),
    path(CASE + "plans/safety/", plan.safety, name="safety_plan"),
    path(CASE + "plans/care/", plan.care, name="care_plan"),
    path(CASE + "support/", support.release, name="release_card"),
    path("s/<slug:slug>/support/", support.cards, name="support"),
    path("s/<slug:slug>/support/<uuid:card_id>/", support.contact, name="contact"),
    path(CASE + "seal/", steps.ask_seal, name="ask_seal"),
    path(CASE + "second-reading/", steps.second_reading, name="second_reading"),
    path(CASE + "step/<str:verb>/", steps.step, name="step"),
    path(CASE + "todos/<uuid:todo_id>/", steps.todo_done, name="todo_done"),
]
