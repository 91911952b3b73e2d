"""The insight domain as a Django application."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "qingyan.insight"
    label = "insight"
