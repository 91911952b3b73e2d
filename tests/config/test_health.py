"""The three addresses a balancer and an operator ask."""

from django.test import Client

from qingyan.foundation.access.protection import protected_tables


def test_healthz_asks_no_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert Client().get("/healthz").content == b"ok\n"


def test_readyz_is_ready_when_migrated_and_protected(db):
    answer = Client().get("/readyz")
    assert answer.json() == {"ready": True, "database": True, "migrations": True, "row_security": True}
    assert answer.status_code == 200


def test_readyz_notices_one_unprotected_table(committed_db, owner_connection):
    table = sorted(protected_tables())[0]
    with owner_connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
    try:
        answer = Client().get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["row_security"] is False
    finally:
        with owner_connection.cursor() as cursor:
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def test_version_names_the_software(db):
    assert Client().get("/version").json()["name"] == "qingyan"
