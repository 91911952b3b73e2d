"""Replacing keys while the platform stands: nothing is lost, and a run that was stopped goes on where it was."""

from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from django.db import transaction

from qingyan.foundation.access.scope import entered
from qingyan.foundation.crypto import keyring, rotation
from qingyan.foundation.crypto.envelope import WrongKey, key_id_of
from qingyan.foundation.crypto.models import DataKey
from qingyan.foundation.crypto.sealing import Sealed
from qingyan.people.models import Guardian, Student

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
OTHER_MASTER = bytes(range(100, 132))


@pytest.fixture(autouse=True)
def _forgetful():
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def places(committed_cast):
    """The three schools, by id."""
    return {place.school.id: place for place in (committed_cast.home, committed_cast.other, committed_cast.far)}


@pytest.fixture
def enter(committed_cast, places):
    """How the rotation enters a school."""
    return lambda school_id: entered(committed_cast.platform(places[school_id]))


@pytest.fixture
def texts(places, enter):
    """Reads every sealed value and the key it is sealed with: {(row, field): (text, key id)}."""

    def read():
        found = {}
        for school_id in places:
            with transaction.atomic(), enter(school_id):
                for table in rotation.sealed_tables([Guardian, Student]):
                    for row in table.model.objects.all():
                        for field in table.fields:
                            held = row.__dict__[field.name]
                            if isinstance(held, Sealed):
                                found[row.pk, field.name] = (getattr(row, field.name), key_id_of(held))
        return found

    return read


def run(enter, **options):
    return rotation.rotate(entered_school=enter, now=NOW, **options)


def test_every_value_gets_a_new_key_and_keeps_its_text(texts, enter, places):
    before = texts()
    steps = list(run(enter, batch=3))
    after = texts()
    assert len(before) == 3 * 5 * 3  # schools, pupils, sealed values of a pupil and a guardian
    assert {place: text for place, (text, _) in after.items()} == {place: text for place, (text, _) in before.items()}
    assert {key for _, key in after.values()}.isdisjoint({key for _, key in before.values()})
    assert len({key for _, key in after.values()}) == len(places)
    assert [step.retired_keys for step in steps if step.finished] == [1, 1, 1]


def test_old_keys_are_retired_and_kept(texts, enter):
    list(run(enter))
    assert DataKey.objects.filter(retired_at=NOW, generation=1).count() == 3
    assert DataKey.objects.filter(retired_at=None, generation=2).count() == 3


@pytest.mark.parametrize("stop_after", [1, 2, 3, 5])
def test_a_stopped_run_goes_on_with_the_same_new_key(texts, enter, stop_after):
    before = texts()
    for step, _ in enumerate(run(enter, batch=2), start=1):
        if step == stop_after:
            break
    keyring.forget()
    half = texts()
    assert {place: text for place, (text, _) in half.items()} == {place: text for place, (text, _) in before.items()}
    first_school = keyring.schools_with_keys()[0]
    assert len(keyring.unretired(first_school)) == 2
    list(run(enter, batch=2))
    assert DataKey.objects.filter(school_id=first_school).count() == 2
    assert {place: text for place, (text, _) in texts().items()} == {place: text for place, (text, _) in before.items()}


def test_a_key_that_rows_still_use_is_not_retired(texts, enter, monkeypatch):
    monkeypatch.setattr(rotation, "_reseal", lambda *args: iter(()))
    assert {step.retired_keys for step in run(enter)} == {0}
    assert not DataKey.objects.exclude(retired_at=None).exists()


def test_a_row_read_before_and_saved_after_stays_readable(texts, enter, places):
    school_id, place = next(iter(places.items()))
    with transaction.atomic(), enter(school_id):
        early = Guardian.objects.get(student=place.pupil)
    list(run(enter))
    keyring.forget()
    with transaction.atomic(), enter(school_id):
        early.save()
        assert Guardian.objects.get(pk=early.pk).phone == "00000000000"


def test_without_a_scope_no_row_can_be_touched(texts):
    with pytest.raises(Exception, match="outside a scope"):
        list(run(lambda school_id: nullcontext()))


def test_a_new_master_key_opens_what_the_old_one_wrapped(texts, settings):
    before, old = texts(), settings.QINGYAN_MASTER_KEY
    assert rotation.rewrap_master(old=old, new=OTHER_MASTER) == 3
    keyring.forget()
    settings.QINGYAN_MASTER_KEY = OTHER_MASTER
    assert texts() == before
    keyring.forget()
    settings.QINGYAN_MASTER_KEY = old
    with pytest.raises(WrongKey):
        texts()


def test_wrapping_again_changes_nothing(texts, settings):
    rotation.rewrap_master(old=settings.QINGYAN_MASTER_KEY, new=OTHER_MASTER)
    assert rotation.rewrap_master(old=settings.QINGYAN_MASTER_KEY, new=OTHER_MASTER) == 0


def test_a_wrong_old_master_key_changes_nothing(texts):
    before = list(DataKey.objects.order_by("pk").values_list("pk", "wrapped"))
    with pytest.raises(WrongKey):
        rotation.rewrap_master(old=b"w" * 32, new=OTHER_MASTER)
    assert list(DataKey.objects.order_by("pk").values_list("pk", "wrapped")) == before


def test_all_sealed_fields_of_the_platform_are_known():
    found = {f"{table.model._meta.label}.{field.name}" for table in rotation.sealed_tables() for field in table.fields}
    assert {"people.Student.id_number", "people.Guardian.phone", "alerts.Alert.note"} <= found
