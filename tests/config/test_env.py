"""What the environment may say, and what a production service refuses to start with."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from qingyan.config.env import SECRET_NAMES, Environment, Mode, Unsafe, fresh_key, fresh_secret, key_from_text

SAFE = {
    "MODE": "production",
    "DATABASE_URL": "postgresql://qingyan_app:a@db.city.example/qingyan",
    "DATABASE_OWNER_URL": "postgresql://qingyan_owner:b@db.city.example/qingyan",
    "DATABASE_BUREAU_URL": "postgresql://qingyan_bureau:c@db.city.example/qingyan",
    "ALLOWED_HOSTS": "xinli.city.example",
    "BASE_URL": "https://xinli.city.example",
    **{name.upper(): fresh_secret(name) for name in SECRET_NAMES},
}


def _as_hexadecimal(key: str) -> str:
    return base64.urlsafe_b64decode(key).hex()


def test_a_safe_production_environment_is_accepted():
    environment = Environment.read(SAFE)
    assert environment.in_production
    assert environment.allowed_hosts == ("xinli.city.example",)
    assert len(environment.master_key.get_secret_value()) == 32


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"MASTER_KEY": ""}, "MASTER_KEY is not set"),
        ({"CHECKPOINT_KEY": ""}, "CHECKPOINT_KEY is not set"),
        ({"INDEX_KEY": ""}, "INDEX_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY is too weak"),
        ({"MASTER_KEY": "a2V5"}, "MASTER_KEY has 3 bytes"),
        ({"MASTER_KEY": "这不是钥匙"}, "MASTER_KEY is not base64"),
        ({"MASTER_KEY": base64.b64encode(b"a" * 32).decode()}, "a key is not random"),
        ({"MASTER_KEY": SAFE["INDEX_KEY"]}, "must differ"),
        ({"DEBUG": "1"}, "DEBUG must be off"),
        ({"ALLOWED_HOSTS": "*"}, "without \\*"),
        ({"ALLOWED_HOSTS": ".city.example"}, "leading dot"),
        ({"ALLOWED_HOSTS": "other.example"}, "must contain the host of BASE_URL"),
        ({"BASE_URL": "http://xinli.city.example"}, "https://"),
        ({"BASE_URL": "https://xinli.city.example/path"}, "BASE_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "postgresql://postgres:a@db/qingyan"}, "superuser postgres"),
        ({"DATABASE_URL": "sqlite:///x"}, "only engine"),
        ({"DATABASE_URL": "postgresql://db.city.example"}, "must name a role and a database"),
        ({"DATABASE_OWNER_URL": SAFE["DATABASE_URL"]}, "need three roles"),
        ({"DATABASE_BUREAU_URL": SAFE["DATABASE_URL"]}, "need three roles"),
        ({"CIPHER": "rot13"}, "CIPHER"),
        ({"EMAIL_URL": "pigeon://roof"}, "EMAIL_URL must start with"),
        ({"WEBHOOK_LOOPBACK": "1"}, "WEBHOOK_LOOPBACK is for tests"),
        ({"DEMO_PASSWORD": "tree"}, "DEMO_PASSWORD must not be set"),
        ({"QINGYAN_WORKERS": "many"}, "WORKERS"),
        ({"MODE": "staging"}, "MODE"),
    ],
)
def test_production_refuses(change: dict[str, str], words: str):
    with pytest.raises(Unsafe, match=words):
        Environment.read(SAFE | change)


def test_all_faults_are_told_at_once():
    with pytest.raises(Unsafe) as told:
        Environment.read(SAFE | {"DEBUG": "1", "ALLOWED_HOSTS": "*", "BASE_URL": "http://xinli.city.example"})
    assert len(str(told.value).splitlines()) == 4  # the wildcard is two faults: it does not name the host either


def test_a_secret_may_stand_in_a_file(tmp_path: Path):
    (tmp_path / "key").write_text(SAFE["MASTER_KEY"] + "\n", encoding="utf-8")
    without = {name: value for name, value in SAFE.items() if name != "MASTER_KEY"}
    environment = Environment.read(without | {"MASTER_KEY_FILE": str(tmp_path / "key")})
    assert environment.master_key == Environment.read(SAFE).master_key


def test_a_secret_in_two_places_is_refused(tmp_path: Path):
    with pytest.raises(Unsafe, match="both set"):
        Environment.read(SAFE | {"MASTER_KEY_FILE": str(tmp_path / "key")})


def test_an_unreadable_file_is_named(tmp_path: Path):
    with pytest.raises(Unsafe, match="INDEX_KEY_FILE: cannot read"):
        Environment.read({**SAFE, "INDEX_KEY": "", "INDEX_KEY_FILE": str(tmp_path / "none")})


def test_secrets_never_show_when_the_environment_is_printed():
    shown = repr(Environment.read(SAFE)) + str(Environment.read(SAFE))
    for name in SECRET_NAMES:
        assert SAFE[name.upper()] not in shown
    assert "qingyan_app:a@" not in shown


def test_a_refusal_never_quotes_a_secret():
    with pytest.raises(Unsafe) as told:
        Environment.read(SAFE | {"SECRET_KEY": "too-short-to-keep", "DATABASE_URL": "mysql://root:geheim@db/x"})
    assert "too-short-to-keep" not in str(told.value)
    assert "geheim" not in str(told.value)


def test_the_demo_keeps_the_secrets_it_made(tmp_path: Path):
    first = Environment.read({"DATA_DIR": str(tmp_path)})
    second = Environment.read({"DATA_DIR": str(tmp_path)})
    assert first.mode is Mode.DEMO
    assert first.master_key == second.master_key
    assert first.master_key != first.index_key
    for name in SECRET_NAMES:
        assert (tmp_path / "secrets" / name).stat().st_mode & 0o777 == 0o600


def test_tests_write_no_secrets(tmp_path: Path):
    Environment.read({"DATA_DIR": str(tmp_path), "MODE": "test"})
    assert list(tmp_path.iterdir()) == []


def test_names_that_shells_set_are_read_with_the_prefix_only():
    assert Environment.read({"MODE": "test", "HOST": "laptop", "PORT": "1"}).host == "127.0.0.1"
    assert Environment.read({"MODE": "test", "QINGYAN_HOST": "10.0.0.5"}).host == "10.0.0.5"


def test_the_address_follows_host_and_port():
    assert Environment.read({"MODE": "test", "QINGYAN_PORT": "8123"}).base_url == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    "spelled",
    [str, lambda key: key.rstrip("="), lambda key: key.replace("-", "+").replace("_", "/"), _as_hexadecimal],
    ids=["usual", "unpadded", "plain-alphabet", "hexadecimal"],
)
def test_a_key_is_read_from_each_usual_spelling(spelled: Callable[[str], str]):
    key = fresh_key()
    assert key_from_text(spelled(key)) == base64.urlsafe_b64decode(key)


def test_mail_may_go_to_the_console_or_into_files():
    kinds = [Environment.read({"MODE": "test", "EMAIL_URL": url}).mail().backend for url in ("console://", "file://")]
    assert [kind.split(".")[-2] for kind in kinds] == ["console", "filebased"]


def test_mail_that_nobody_set_up_does_not_drown_the_sign_ins_on_the_terminal():
    assert Environment.read({"MODE": "demo"}).mail().backend.split(".")[-2] == "filebased"


def test_robots_stand_on_the_providers_hosts_unless_the_city_says_otherwise():
    assert Environment.read(SAFE).webhook_hosts == ("qyapi.weixin.qq.com", "oapi.dingtalk.com")
    changed = Environment.read({**SAFE, "WEBHOOK_HOSTS": "chat.city.example, oapi.dingtalk.com"})
    assert changed.webhook_hosts == ("chat.city.example", "oapi.dingtalk.com")
    assert not changed.webhook_loopback


def test_mail_settings_come_from_one_address():
    mail = Environment.read({"MODE": "test", "EMAIL_URL": "smtps://post%40city:geheim@mail.city.example"}).mail()
    assert (mail.host, mail.port, mail.user, mail.password, mail.ssl, mail.tls) == (
        "mail.city.example", 465, "post@city", "geheim", True, False,
    )  # fmt: skip
