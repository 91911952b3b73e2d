"""Registers the domain with Django and refuses to start it with a faulty library. The only Django here."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext_lazy as _

from qingyan.instruments import api


class InstrumentsConfig(AppConfig):
    name = "qingyan.instruments"
    label = "instruments"
    verbose_name = _("量表")

    def ready(self) -> None:
        register(library_is_sound)


def library_is_sound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A system check: one error for each fault of the instrument library."""
    return [Error(f"{problem.where}: {problem.message}", id="instruments.E001") for problem in api.check()]
