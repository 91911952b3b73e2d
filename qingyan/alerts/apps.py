"""The alerts domain as a Django application; it tells lower domains where a counsellor's day starts."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string


class AlertsConfig(AppConfig):
    name = "qingyan.alerts"
    label = "alerts"

    def ready(self) -> None:
        """By name, because models may be imported only now."""
        import_module("qingyan.alerts.subscribers").listen()
        read_with = import_string("qingyan.archives.api.read_entries_with")
        for kind in ("result", "alert", "acknowledgement"):
            read_with(kind, import_string(f"qingyan.alerts.queries.readings.{kind}"))
        tell = import_string("qingyan.instruments.api.tell_what_raises_with")
        tell(import_string("qingyan.alerts.queries.statements.statement"))
        import_string("qingyan.concerns.api.register_duty")(import_string("qingyan.alerts.queries.duty.on_duty_now"))
        register = import_string("qingyan.organisations.api.register_start_page")
        register("alerts:today", import_string("qingyan.alerts.policy.READ_ALERTS"))
