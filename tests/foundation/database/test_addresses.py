"""URLs survive odd passwords and paths; passwords are made once."""

from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from qingyan.foundation.database.addresses import Address, address_file, password, urls_of


def test_a_url_survives_spaces_and_signs():
    parts = conninfo_to_dict(Address(5433, "/srv/my data/青檐", 1).url("app", "p@:/?#"))
    assert (parts["host"], parts["port"], parts["password"]) == ("/srv/my data/青檐", "5433", "p@:/?#")


def test_a_password_is_made_once_and_is_private(tmp_path: Path):
    first = password(tmp_path, "qingyan_app")
    assert len(first) > 40
    assert password(tmp_path, "qingyan_app") == first
    assert password(tmp_path, "qingyan_owner") != first
    assert (tmp_path / "secrets" / "postgres-qingyan_app").stat().st_mode & 0o777 == 0o600


def test_there_are_no_urls_before_the_first_start(tmp_path: Path):
    assert urls_of(tmp_path) == {}


def test_a_damaged_address_file_counts_as_none(tmp_path: Path):
    address_file(tmp_path).write_text('{"port": 1', encoding="utf-8")
    assert urls_of(tmp_path) == {}


def test_each_alias_has_its_role(tmp_path: Path):
    Address(5433, "", 1).keep(address_file(tmp_path))
    found = {alias: conninfo_to_dict(url)["user"] for alias, url in urls_of(tmp_path).items()}
    assert found == {"default": "qingyan_app", "owner": "qingyan_owner", "bureau": "qingyan_bureau"}
