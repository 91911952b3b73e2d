"""Fixtures of every test: the database as the app's own role, the cast of the story, and a way to act as one of them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.protection import apply
from qingyan.foundation.access.scope import Scope, entered
from qingyan.foundation.crypto.keyring import forget
from tests.factories.city import Cast, make_cast

KEPT = ("django_migrations", "django_content_type", "auth_permission")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Migrate as the owner, write the policies, then serve the tests as the app role."""
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0, skip_checks=True)
        with transaction.atomic(using="owner"):
            apply(connections["owner"])
        connections["owner"].close()
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A database whose transactions really commit; emptied afterwards by the owner."""
    with django_db_blocker.unblock():
        yield
        _empty()


def _empty() -> None:
    forget()
    connections["default"].close()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in KEPT]
        cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in tables) + " RESTART IDENTITY CASCADE")
    connections["owner"].close()


@pytest.fixture
def owner_connection(committed_db):
    """The owner's connection, for looking at the catalogue and for tampering."""
    return connections["owner"]


@contextmanager
def _acting(actor: Actor) -> Iterator[Scope]:
    with transaction.atomic(), entered(actor) as scope:
        yield scope


@pytest.fixture
def acting() -> Callable[[Actor], AbstractContextManager[Scope]]:
    """`with acting(actor):` opens a transaction and enters the actor's scope."""
    return _acting


@pytest.fixture
def cast(db) -> Cast:
    """The people of the story in a rolled-back database, with another school as noise."""
    return make_cast()


@pytest.fixture
def committed_cast(committed_db) -> Cast:
    """The people of the story in a database that commits."""
    with transaction.atomic():
        return make_cast()
