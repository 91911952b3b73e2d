"""The cases domain as a Django application; it tells lower domains how a case reads and where an alert goes on."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string


class CasesConfig(AppConfig):
    name = "qingyan.cases"
    label = "cases"

    def ready(self) -> None:
        """By name, because models may be imported only now."""
        import_module("qingyan.cases.subscribers").listen()
        import_string("qingyan.archives.api.read_entries_with")(
            "case", import_string("qingyan.cases.queries.readings.case")
        )
        import_string("qingyan.archives.api.withhold_from_guardians_with")(
            import_string("qingyan.cases.queries.withheld.withheld_since")
        )
        for thing, way in import_string("qingyan.cases.queries.readings.WAYS").items():
            import_string("qingyan.foundation.web.ways_on.register_way_on")(thing, way)
        import_string("qingyan.foundation.web.ways_on.register_went_on")(
            "concerns:concern", import_string("qingyan.cases.queries.sources.case_of_concern")
        )
        import_string("qingyan.people.api.register_merge_guard")(
            import_string("qingyan.cases.actions.guarding.hold_merge")
        )
        start = import_string("qingyan.organisations.api.register_start_page")
        start("cases:leader", import_string("qingyan.cases.policy.READ_LEADER_LIST"))
