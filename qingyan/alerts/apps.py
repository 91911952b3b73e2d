"""The alerts domain as a Django application."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "qingyan.alerts"
    label = "alerts"
