"""The archives domain as a Django application."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "qingyan.archives"
    label = "archives"
