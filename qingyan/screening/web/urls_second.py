"""Addresses of the second stage: its rule, observation, candidates, assignments, comparison."""

from django.urls import path

from qingyan.screening.web.views import candidates, observation, second_stage

ROUND = "s/<slug:slug>/campaigns/<uuid:campaign_id>/"

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/second/", second_stage.city_second_stage, name="city_second_stage"),
    path(ROUND + "second/", second_stage.second_stage, name="second_stage"),
    path(ROUND + "observation/<int:class_id>/", observation.observe, name="observe"),
    path(ROUND + "observation/pupil/<uuid:student_id>/", observation.observe_pupil, name="observe_pupil"),
    path(ROUND + "observation/end/", candidates.end_observation, name="end_observation"),
    path(ROUND + "candidates/", candidates.candidates, name="candidates"),
    path(ROUND + "candidates/early/", candidates.open_early, name="open_early"),
    path(ROUND + "candidates/assign/", candidates.assign, name="assign_second"),
    path(ROUND + "candidates/assigned/", candidates.assignments, name="assignments"),
    path(ROUND + "candidates/<uuid:student_id>/", candidates.compare, name="compare"),
    path("s/<slug:slug>/assignments/<uuid:assignment_id>/withdraw/", candidates.withdraw, name="withdraw_second"),
]
