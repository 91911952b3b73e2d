"""A database that may lose acknowledged answers serves nobody."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from qingyan.command.work.serving import refuse_careless
from qingyan.foundation.database.launcher import EmbeddedServer
from tests.command.conftest import House


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["off", "local", "remote_write"])
def test_serving_is_refused_when_commits_are_reported_before_they_are_safe(value):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, true)", [value])
    with pytest.raises(ImproperlyConfigured, match=f"synchronous_commit is {value}"):
        refuse_careless()


def test_a_careful_database_is_served(house: House):
    """Asked of a server as it is installed; that of the tests does not wait for the disk, and would be refused."""
    asked = "import django; django.setup(); from qingyan.command.work import serving; serving.refuse_careless()"
    own = house.environment | {"DJANGO_SETTINGS_MODULE": "qingyan.config.settings"}
    with EmbeddedServer(house.data_dir):
        done = subprocess.run([sys.executable, "-c", asked], env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
