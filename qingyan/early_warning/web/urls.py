"""Addresses of early warning: all of the city, none of a pupil."""

from django.urls import path

from qingyan.early_warning.web.views import models, order, points

app_name = "early_warning"
urlpatterns = [
    path("city/order/", order.order, name="order"),
    path("city/order/models/", models.learning, name="learning"),
    path("city/order/models/<int:model_number>/", models.model, name="model"),
    path("city/order/points/", points.points, name="points"),
    path("city/order/steps/<slug:verb>/", order.step, name="step"),
]
