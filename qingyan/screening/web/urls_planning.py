"""Addresses of planning: the simulator before a round opens, and the slots of a school."""

from django.urls import path

from qingyan.screening.web.views import capacity, drafts, slots

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/revise/", drafts.revise_city_campaign, name="revise_city_campaign"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/revise/", drafts.revise_campaign, name="revise_campaign"),
    path("campaigns/<uuid:campaign_id>/capacity/", capacity.city_capacity, name="city_capacity"),
    path("campaigns/<uuid:campaign_id>/capacity.xlsx", capacity.city_capacity_workbook, name="city_capacity_workbook"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/capacity/", capacity.capacity, name="capacity"),
    path(
        "s/<slug:slug>/campaigns/<uuid:campaign_id>/capacity.xlsx", capacity.capacity_workbook, name="capacity_workbook"
    ),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/slots/", slots.slots, name="slots"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/slots/propose/", slots.propose, name="propose_slots"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/slots/remove/", slots.remove, name="remove_slot"),
]
