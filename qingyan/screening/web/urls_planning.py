"""Addresses of planning: the simulator before a round opens."""

from django.urls import path

from qingyan.screening.web.views import capacity

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/capacity/", capacity.city_capacity, name="city_capacity"),
    path("campaigns/<uuid:campaign_id>/capacity.xlsx", capacity.city_capacity_workbook, name="city_capacity_workbook"),
    path("s/<slug:slug>/campaigns/<uuid:campaign_id>/capacity/", capacity.capacity, name="capacity"),
    path(
        "s/<slug:slug>/campaigns/<uuid:campaign_id>/capacity.xlsx", capacity.capacity_workbook, name="capacity_workbook"
    ),
]
