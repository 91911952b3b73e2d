"""The people domain as a Django application; it tells the foundation who is asking, and organisations about people."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from qingyan.foundation.web.doorways import register_actor_finder


class PeopleConfig(AppConfig):
    name = "qingyan.people"
    label = "people"

    def ready(self) -> None:
        """By name, because models may be imported only now."""
        register_actor_finder(import_string("qingyan.people.api.actor_of"))
        register = import_string("qingyan.organisations.api.register_staffing")
        register(import_string("qingyan.people.queries.facts.staffing"))
        register = import_string("qingyan.organisations.api.register_class_facts")
        register(import_string("qingyan.people.queries.facts.class_facts"))
