"""Addresses of planning: the steps of a draft, the simulator before a round opens, and the slots of a school."""

from django.urls import path

from qingyan.screening.web.views import capacity, plan, slots

urlpatterns = [
    path("campaigns/new/", plan.city_new_campaign, name="city_new_campaign"),
    path("s/<slug:slug>/campaigns/new/", plan.new_campaign, name="new_campaign"),
    path("campaigns/<uuid:campaign_id>/template/", plan.city_template, name="city_template"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/template/", plan.template, name="template"),
    path("campaigns/<uuid:campaign_id>/plan/", plan.city_planning, name="city_planning"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/plan/", plan.planning, name="planning"),
    path("campaigns/<uuid:campaign_id>/plan/<slug:step>/", plan.city_plan, name="city_plan"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/plan/<slug:step>/", plan.plan, name="plan"),
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
