"""What a command needs before its work: settings, a database server, Django. The one place that sets Django up.

Command modules import no domain, so `--help` is quick and faults of the settings have words instead of tracebacks.
The work itself is in `command.work.<name>`, loaded here once everything stands.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from qingyan.command.output import fail
from qingyan.config.env import Environment, Unsafe
from qingyan.foundation.database.binaries import CannotRun
from qingyan.foundation.database.launcher import EmbeddedServer


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The settings, and the embedded server unless another one is configured or none is needed."""

    environment: Environment
    server: EmbeddedServer | None


@contextmanager
def surroundings(*, as_json: bool, database: bool = True) -> Iterator[Surroundings]:
    """Settings and database; a server started here stops at the end. Faults become exit code 3 with their words."""
    try:
        with ExitStack() as until_done:
            environment = Environment.read(os.environ)
            server = None
            if database and environment.database_url is None:
                server = until_done.enter_context(EmbeddedServer(environment.data_dir, environment.postgres_bin))
                os.environ.update(server.environment())
            yield Surroundings(environment, server)
    except (Unsafe, CannotRun, ImproperlyConfigured) as error:
        raise fail(str(error), as_json=as_json) from None
    except DatabaseError as error:
        raise fail(f"the database refuses: {error}", as_json=as_json) from None


@contextmanager
def work(name: str, *, as_json: bool, database: bool = True) -> Iterator[ModuleType]:
    """The command's work module inside its surroundings."""
    with surroundings(as_json=as_json, database=database):
        yield loaded(name)


def loaded(name: str) -> ModuleType:
    """Sets Django up, then loads `command.work.<name>`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyan.config.settings")
    django.setup()
    return import_module(f"qingyan.command.work.{name}")
