"""The web part of the foundation as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "qingyan.foundation.web"
    label = "foundation_web"
