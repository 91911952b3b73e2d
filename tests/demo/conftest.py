"""A small demo city in a database that commits, loaded once for a whole module."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from qingyan.demo import api
from qingyan.demo.api import DemoReport
from qingyan.foundation.crypto import keyring
from tests import databases

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def small_city(django_db_setup, django_db_blocker) -> Iterator[DemoReport]:
    """Three schools, about 120 pupils; written as the app role, under its policies."""
    with django_db_blocker.unblock():
        keyring.forget()
        yield api.load(now=NOW, size="small")
        databases.empty()
        keyring.forget()


@pytest.fixture
def empty_database(committed_db) -> Iterator[None]:
    """A database that commits, without keys remembered from another one."""
    keyring.forget()
    yield
    keyring.forget()
