"""Addresses of early warning: all of the city, none of a pupil."""

from django.urls import path

from qingyan.early_warning.web.views import points

app_name = "early_warning"
urlpatterns = [
    path("city/order/points/", points.points, name="points"),
]
