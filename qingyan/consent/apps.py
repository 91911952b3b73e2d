"""The consent domain as a Django application."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "qingyan.consent"
    label = "consent"
