"""Addresses of what parents read about tests: public ones, and the previews for whoever prepares a round."""

from django.urls import path

from qingyan.screening.web.views import for_parents, parent_forms

urlpatterns = [
    path("s/<slug:slug>/for-parents/", for_parents.rounds, name="for_parents"),
    path("s/<slug:slug>/for-parents/<uuid:campaign_id>/", for_parents.one_round, name="for_parents_round"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/for-parents/", for_parents.preview, name="for_parents_preview"),
    path("s/<slug:slug>/parent-form/", parent_forms.parent_form, name="parent_form"),
    path("s/<slug:slug>/parent-form/answers/", parent_forms.parent_answers, name="parent_answers"),
    path(
        "s/<slug:slug>/campaigns/<uuid:campaign_id>/candidates/<uuid:student_id>/guardians/",
        parent_forms.ask_guardians,
        name="ask_guardians",
    ),
    path(
        "s/<slug:slug>/parent-forms/<uuid:form_id>/withdraw/",
        parent_forms.withdraw_parent_form,
        name="withdraw_parent_form",
    ),
    path("campaigns/<uuid:campaign_id>/for-parents/", for_parents.city_preview, name="for_parents_city_preview"),
]
