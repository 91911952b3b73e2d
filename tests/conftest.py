"""Fixtures of every test: the database as the app's own role, the cast of the story, a way to act as one of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from playwright.sync_api import Browser, sync_playwright

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.protection import apply
from qingyan.foundation.access.scope import Scope, entered
from qingyan.foundation.crypto.keyring import forget
from tests.factories.city import Cast, make_cast
from tests.kept_schema import migrated
from tests.server import superuser_url

# Playwright's own event loop runs in the thread of the tests; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPOSITORY = Path(__file__).resolve().parents[1]
KEPT = ("django_migrations", "django_content_type", "auth_permission")


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Published item-level data, not in the repository: QINGYAN_TEST_DATA, else shared/data beside the repository."""
    named = os.environ.get("QINGYAN_TEST_DATA")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no published test data: set QINGYAN_TEST_DATA to the folder that holds nhanes/ and r/")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Migrate as the owner, write the policies, then serve the tests as the app role."""
    with django_db_blocker.unblock():
        migrated(superuser_url(), lambda: call_command("migrate", database="owner", verbosity=0, skip_checks=True))
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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for all tests of a worker: Playwright allows one at a time in a thread."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed: what needs a browser was not tried (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
