"""The organisations domain as a Django application."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "qingyan.organisations"
    label = "organisations"
