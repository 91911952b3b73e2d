"""The screening domain as a Django application; it tells organisations where a pupil's visit starts."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class ScreeningConfig(AppConfig):
    name = "qingyan.screening"
    label = "screening"

    def ready(self) -> None:
        """By name, because models may be imported only now."""
        register = import_string("qingyan.organisations.api.register_start_page")
        register("screening:tests", import_string("qingyan.screening.policy.TAKE_TEST"))
