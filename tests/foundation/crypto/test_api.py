"""The front door: rotation as the command calls it, with a trace in the audit trail."""

import pytest
from django.db import connections, transaction

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.crypto import api, keyring
from qingyan.people.models import Guardian


@pytest.fixture(autouse=True)
def _forgetful():
    api.forget()
    yield
    api.forget()


def test_rotating_all_keys_reports_each_step_and_records_it(committed_cast):
    steps = []
    assert api.rotate_keys(progress=steps.append) == 3
    assert {step.school_id for step in steps if step.finished} == set(keyring.schools_with_keys())
    assert sum(step.resealed for step in steps if step.table == "people.Guardian") == 15
    with transaction.atomic(), entered(committed_cast.platform()):
        assert AuditEntry.objects.get().action == "keys.rotated"
        assert Guardian.objects.get(student=committed_cast.home.pupil).phone == "00000000000"


def test_the_trail_of_a_rotation_is_whole(committed_cast):
    api.rotate_keys(progress=lambda step: None)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT chain) FROM audit_entry")
        assert cursor.fetchone() == (3,)
