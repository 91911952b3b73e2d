"""The instruments package as a Django application."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "qingyan.instruments"
    label = "instruments"
