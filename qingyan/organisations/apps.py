"""The organisations domain as a Django application; it tells the foundation how to find a school by its address."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from qingyan.foundation.web.doorways import register_school_finder


class OrganisationsConfig(AppConfig):
    name = "qingyan.organisations"
    label = "organisations"

    def ready(self) -> None:
        """By name, because models may be imported only now."""
        register_school_finder(import_string("qingyan.organisations.queries.places.school_by_slug"))
