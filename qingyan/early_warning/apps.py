"""The early warning domain as a Django application."""

from django.apps import AppConfig


class EarlyWarningConfig(AppConfig):
    name = "qingyan.early_warning"
    label = "early_warning"
