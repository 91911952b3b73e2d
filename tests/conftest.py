"""Fixtures of every test: the database as the app's own role, the cast of the story, a way to act as one of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import connections, transaction
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.scope import Scope, entered
from tests import databases
from tests.factories.city import Cast, make_cast
from tests.factories.world import World

# Playwright's own event loop runs in the thread of the tests; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A busy machine is slow, not wrong: what has a time limit says so itself.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

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
LONG = {"journeys", "matrix", "command", "demo"}  # folders whose files take minutes


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Published item-level data, not in the repository: QINGYAN_TEST_DATA, else shared/data beside the repository."""
    named = os.environ.get("QINGYAN_TEST_DATA")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no published test data: set QINGYAN_TEST_DATA to the folder that holds nhanes/ and r/")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole files of long stories first: a worker that begins one last keeps the others waiting."""
    items.sort(key=lambda item: not any(part in LONG for part in item.path.relative_to(REPOSITORY / "tests").parts))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture: the test stands in the database that it needs."""
    databases.enter(databases.CITY if "standing_city" in getattr(item, "fixturenames", ()) else databases.EMPTY)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """A migrated database under its policies; the tests are served as the app role."""
    with django_db_blocker.unblock():
        databases.copy_template(databases.EMPTY)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(scope="session")
def standing_city(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """The people of the story, made once and committed. Only for `cast`, which gives each test its own copy of them."""
    with django_db_blocker.unblock():
        databases.copy_template(databases.CITY)
        databases.enter(databases.CITY)
        with transaction.atomic():
            made = make_cast()
    before = databases.rows(databases.CITY)
    yield made
    assert databases.rows(databases.CITY) == before, "a test with `cast` committed something: it needs `committed_cast`"


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A database whose transactions really commit; emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        databases.empty()


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
def cast(standing_city, db) -> Cast:
    """The people of the story, with other schools as noise, in a transaction that is rolled back."""
    return deepcopy(standing_city)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """One of everything, committed and made once for the tests of a module, which look and leave it as it is."""
    with django_db_blocker.unblock():
        databases.enter(databases.EMPTY)
        with transaction.atomic():
            cast = make_cast()
        yield World(cast)
        databases.empty()


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
