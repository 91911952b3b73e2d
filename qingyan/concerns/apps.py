"""The concerns domain as a Django application."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "qingyan.concerns"
    label = "concerns"
