"""Where keys come from, and that no row is ever sealed with a key that the database does not keep."""

import threading
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction

from qingyan.foundation.crypto import keyring
from qingyan.foundation.crypto.envelope import Algorithm, Unreadable, WrongKey
from qingyan.foundation.crypto.models import DataKey

OTHER_MASTER = bytes(range(100, 132))


@pytest.fixture(autouse=True)
def _forgetful():
    keyring.forget()
    yield
    keyring.forget()


def test_a_school_gets_one_key_and_keeps_it(db):
    assert keyring.sealing_key(3) == keyring.sealing_key(3)
    assert DataKey.objects.filter(school_id=3).count() == 1


def test_schools_and_the_city_have_different_keys(db):
    keys = [keyring.sealing_key(school_id) for school_id in (3, 4, None)]
    assert len({key.secret for key in keys}) == 3
    assert keyring.schools_with_keys() == [None, 3, 4]


def test_a_retired_or_old_key_is_found_by_its_id(db):
    first = keyring.sealing_key(3)
    second = keyring.add_generation(3)
    keyring.forget()
    assert (keyring.key(first.id), keyring.sealing_key(3)) == (first, second)


def test_an_unknown_key_is_reported_as_missing(db):
    with pytest.raises(keyring.KeyMissing):
        keyring.key(UUID(int=1))


def test_a_key_of_a_rolled_back_transaction_is_never_used_again(committed_db):
    with transaction.atomic():
        lost = keyring.sealing_key(3)
        assert keyring.sealing_key(3) == lost
        transaction.set_rollback(True)
    kept = keyring.sealing_key(3)
    assert kept != lost
    assert DataKey.objects.filter(pk=kept.id).exists()


def test_a_key_of_a_rolled_back_savepoint_is_never_used_again(committed_db):
    with transaction.atomic():
        with transaction.atomic():
            keyring.sealing_key(3)
            transaction.set_rollback(True)
        kept = keyring.sealing_key(3)
    assert DataKey.objects.filter(pk=kept.id).exists()


def test_a_new_key_is_remembered_within_its_transaction(committed_db, django_assert_num_queries):
    with transaction.atomic():
        made = keyring.sealing_key(3)
        with django_assert_num_queries(0):
            assert keyring.sealing_key(3) == made
        with transaction.atomic():
            assert keyring.sealing_key(3) == made
    with transaction.atomic():
        assert keyring.sealing_key(3) == made


def test_a_committed_key_is_remembered_without_asking_again(committed_db, django_assert_num_queries):
    keyring.sealing_key(3)
    keyring.sealing_key(3)
    with django_assert_num_queries(0):
        keyring.sealing_key(3)


def test_two_who_need_the_first_key_at_once_get_the_same(committed_db):
    together, found = threading.Barrier(4), []

    def ask():
        together.wait()
        found.append(keyring.add_generation(3).id)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = DataKey.objects.filter(school_id=3)
    assert set(found) <= {row.id for row in rows}
    assert len({row.generation for row in rows}) == rows.count()


def test_the_cipher_of_new_keys_is_a_setting_and_old_keys_keep_theirs(db, settings):
    settings.QINGYAN_CIPHER = "aes-256-gcm"
    old = keyring.sealing_key(3)
    settings.QINGYAN_CIPHER = "sm4-gcm"
    new = keyring.add_generation(3)
    keyring.forget()
    assert (keyring.key(old.id).algorithm, keyring.key(new.id).algorithm) == (Algorithm.AES_256_GCM, Algorithm.SM4_GCM)


def test_a_wrong_master_key_opens_nothing(db, settings):
    data_key = keyring.sealing_key(3)
    keyring.forget()
    settings.QINGYAN_MASTER_KEY = OTHER_MASTER
    with pytest.raises(WrongKey):
        keyring.key(data_key.id)


def test_a_previous_master_key_still_opens_what_it_wrapped(db, settings):
    data_key = keyring.sealing_key(3)
    keyring.forget()
    settings.QINGYAN_PREVIOUS_MASTER_KEYS = [settings.QINGYAN_MASTER_KEY]
    settings.QINGYAN_MASTER_KEY = OTHER_MASTER
    assert keyring.key(data_key.id) == data_key


@pytest.mark.parametrize(("field", "value"), [("school_id", 4), ("algorithm", "sm4-gcm"), ("purpose", "other")])
def test_a_key_row_that_was_changed_is_noticed(db, settings, field, value):
    row = DataKey.objects.get(pk=keyring.sealing_key(3).id)
    setattr(row, field, value)
    with pytest.raises(Unreadable):
        keyring.unwrap(row, [settings.QINGYAN_MASTER_KEY])


def test_the_database_never_holds_a_key_in_the_clear(db, settings):
    data_key = keyring.sealing_key(3)
    wrapped = bytes(DataKey.objects.get(pk=data_key.id).wrapped)
    assert data_key.secret not in wrapped
    assert settings.QINGYAN_MASTER_KEY not in wrapped


@pytest.mark.parametrize("statement", ["UPDATE crypto_datakey SET retired_at = now()", "DELETE FROM crypto_datakey"])
def test_the_app_can_neither_change_nor_destroy_keys(db, statement):
    keyring.sealing_key(3)
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_short_master_key_is_refused():
    with pytest.raises(ImproperlyConfigured):
        keyring.master_key(b"short", Algorithm.AES_256_GCM)


def test_index_secrets_differ_by_school_and_from_the_city():
    assert len({keyring.blind_secret(school_id) for school_id in (None, 1, 2)}) == 3
