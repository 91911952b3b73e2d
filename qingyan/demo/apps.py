"""The demo city as a Django application; it has no tables."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "qingyan.demo"
    label = "demo"
