"""Forms that have been taken, as a Django application."""

from django.apps import AppConfig


class SendingConfig(AppConfig):
    name = "qingyan.foundation.sending"
    label = "foundation_sending"
