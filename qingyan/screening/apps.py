"""The screening domain as a Django application."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "qingyan.screening"
    label = "screening"
