"""The papers domain as a Django application; it tells a case's page that papers can be made of it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class PapersConfig(AppConfig):
    name = "qingyan.papers"
    label = "papers"

    def ready(self) -> None:
        """By name, because models may be imported only now."""
        import_string("qingyan.foundation.web.ways_on.register_way_on")(
            "case", import_string("qingyan.papers.policy.WAY_FROM_CASE")
        )
