"""The events part of the foundation as a Django application."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "qingyan.foundation.events"
    label = "foundation_events"
