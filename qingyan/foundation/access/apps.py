"""The access part of the foundation as a Django application; loads the system checks and the guard on connections."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from qingyan.foundation.access import checks
from qingyan.foundation.access.guard import watch


class AccessConfig(AppConfig):
    name = "qingyan.foundation.access"
    label = "foundation_access"
    checks_module = checks

    def ready(self) -> None:
        connection_created.connect(watch, dispatch_uid="qingyan.guard")
