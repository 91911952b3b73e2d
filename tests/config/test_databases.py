"""Database URLs become Django's aliases with the options that protect."""

from pathlib import Path

from qingyan.config.databases import STATEMENT_TIMEOUT_MS, databases
from qingyan.config.env import Environment
from tests.config.test_env import SAFE


def test_each_role_has_its_alias():
    aliases = databases(Environment.read(SAFE))
    assert {alias: one["USER"] for alias, one in aliases.items()} == {
        "default": "qingyan_app",
        "owner": "qingyan_owner",
        "bureau": "qingyan_bureau",
    }


def test_requests_have_a_time_limit_and_migrations_have_none():
    aliases = databases(Environment.read(SAFE))
    assert f"statement_timeout={STATEMENT_TIMEOUT_MS}" in aliases["default"]["OPTIONS"]["options"]
    assert "statement_timeout" not in aliases["owner"]["OPTIONS"]["options"]


def test_a_socket_path_with_a_space_and_tls_options_survive():
    given = SAFE | {
        "DATABASE_URL": "postgresql://qingyan_app:p%40@/q?host=/srv/my%20data&port=5433&sslmode=verify-full"
    }
    one = databases(Environment.read(given))["default"]
    assert (one["HOST"], one["PORT"], one["PASSWORD"]) == ("/srv/my data", "5433", "p@")
    assert one["OPTIONS"]["sslmode"] == "verify-full"


def test_without_any_server_the_default_refuses_instead_of_guessing(tmp_path: Path):
    aliases = databases(Environment.read({"MODE": "test", "DATA_DIR": str(tmp_path)}))
    assert list(aliases) == ["default"]
    assert aliases["default"]["PORT"] == "1"
