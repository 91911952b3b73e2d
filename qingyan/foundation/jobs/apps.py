"""The jobs part of the foundation as a Django application."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "qingyan.foundation.jobs"
    label = "foundation_jobs"
