"""The notifications domain as a Django application."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "qingyan.notifications"
    label = "notifications"
