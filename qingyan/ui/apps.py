"""Registers the design system: components, layouts, the gallery. It knows no domain."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app's name and label."""

    name = "qingyan.ui"
    label = "ui"
