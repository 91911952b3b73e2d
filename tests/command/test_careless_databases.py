"""A database that may lose acknowledged answers serves nobody."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from qingyan.command.work.serving import refuse_careless


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["off", "local", "remote_write"])
def test_serving_is_refused_when_commits_are_reported_before_they_are_safe(value):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, true)", [value])
    with pytest.raises(ImproperlyConfigured, match=f"synchronous_commit is {value}"):
        refuse_careless()


@pytest.mark.django_db
def test_a_careful_database_is_served():
    refuse_careless()
