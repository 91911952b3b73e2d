"""Addresses of early warning: all of the city, none of a pupil."""

from django.urls import path

from qingyan.early_warning.web.views import models, order, points, trials

app_name = "early_warning"
urlpatterns = [
    path("city/order/", order.order, name="order"),
    path("city/order/models/", models.learning, name="learning"),
    path("city/order/learning/", models.learning_progress, name="learning_progress"),
    path("city/order/models/<int:model_number>/", models.model, name="model"),
    path("city/order/models/<int:model_number>/trial/", trials.trying, name="trying"),
    path("city/order/points/", points.points, name="points"),
    path("city/order/steps/<slug:verb>/", order.step, name="step"),
    path("city/order/trial/", trials.trial, name="trial"),
    path("city/order/trial/groups/", trials.groups_read, name="groups_read"),
    path("city/order/trial/on/", trials.switching_on, name="switching_on"),
]
