"""The people domain as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "qingyan.people"
    label = "people"
