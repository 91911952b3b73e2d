"""Addresses of what parents read about tests: public ones, and the previews for whoever prepares a round."""

from django.urls import path

from qingyan.screening.web.views import for_parents

urlpatterns = [
    path("s/<slug:slug>/for-parents/", for_parents.rounds, name="for_parents"),
    path("s/<slug:slug>/for-parents/<uuid:campaign_id>/", for_parents.one_round, name="for_parents_round"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/for-parents/", for_parents.preview, name="for_parents_preview"),
    path("campaigns/<uuid:campaign_id>/for-parents/", for_parents.city_preview, name="for_parents_city_preview"),
]
