"""The access part of the foundation as a Django application."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "qingyan.foundation.access"
    label = "foundation_access"
