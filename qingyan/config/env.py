"""Every setting that comes from outside, read once into one frozen object.

Decides: names, types, defaults, and which values a production service refuses.
Does not: shape them for Django (`settings`) or start anything (`command`).
Each NAME may also be given as NAME_FILE, a path whose content is the value.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretBytes,
    SecretStr,
    ValidationError,
    model_validator,
)

PREFIX = "QINGYAN_"
KEY_LENGTH = 32
SHORTEST_SECRET = 50  # characters; what Django's own deployment check asks for
SECRET_NAMES = ("secret_key", "master_key", "checkpoint_key", "index_key")
KEY_ADVICE = "make one with: qingyan keys generate"


class Mode(StrEnum):
    """What this process is for; only `production` is meant to hold the data of real children."""

    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


class Unsafe(Exception):
    """The environment cannot be used; the message has one line of advice per fault."""


def _key(value: object) -> object:
    """32 bytes from base64 (usual or URL alphabet) or 64 hexadecimal digits."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        raw = (
            bytes.fromhex(text)
            if len(text) == KEY_LENGTH * 2
            else base64.b64decode(_padded(text), altchars=b"-_", validate=True)
        )
    except (ValueError, binascii.Error):
        raise ValueError(f"is not base64 or hexadecimal; {KEY_ADVICE}") from None
    if len(raw) != KEY_LENGTH:
        raise ValueError(f"has {len(raw)} bytes, needs {KEY_LENGTH}; {KEY_ADVICE}")
    return raw


def _keys(value: object) -> object:
    return tuple(_key(part) for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _padded(text: str) -> str:
    plain = text.rstrip("=").replace("+", "-").replace("/", "_")
    return plain + "=" * (-len(plain) % 4)


def _words(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _postgres_url(value: object) -> object:
    """Refuses what libpq cannot read, and every engine but PostgreSQL."""
    if not isinstance(value, str) or not value:
        return value
    if not value.startswith(("postgres://", "postgresql://")):
        raise ValueError("must start with postgresql:// (PostgreSQL 15 or newer is the only engine)")
    try:
        parts = conninfo_to_dict(value)
    except ProgrammingError as error:
        raise ValueError(f"cannot be read: {error}") from None
    if not parts.get("user") or not parts.get("dbname"):
        raise ValueError("must name a role and a database: postgresql://role:password@host:5432/database")
    return value


def _mail_url(value: object) -> object:
    if isinstance(value, str) and not value.startswith(("console://", "file://", "smtp://", "smtps://")):
        raise ValueError("must start with console://, file://, smtp:// or smtps://")
    return value


Key = Annotated[SecretBytes, BeforeValidator(_key)]
PostgresUrl = Annotated[SecretStr, BeforeValidator(_postgres_url)]
Keys = Annotated[tuple[SecretBytes, ...], BeforeValidator(_keys)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class Mail(NamedTuple):
    """One mail server, in the order Django names its settings."""

    backend: str
    host: str
    port: int
    user: str
    password: str
    ssl: bool
    tls: bool


class Environment(BaseModel):
    """The settings of one process. Field names in capitals are the names of the variables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = Mode.DEMO
    debug: bool = False
    database_url: PostgresUrl | None = None
    database_owner_url: PostgresUrl | None = None
    database_bureau_url: PostgresUrl | None = None
    secret_key: SecretStr
    master_key: Key
    previous_master_keys: Keys = ()
    checkpoint_key: Key
    index_key: Key
    cipher: Annotated[str, Field(pattern="^(aes-256-gcm|sm4-gcm)$")] = "aes-256-gcm"
    allowed_hosts: Words = ("localhost", "127.0.0.1", "[::1]")
    data_dir: Path = Path("var")
    base_url: Annotated[str, Field(pattern=r"^https?://[^/\s]+$")] = "http://127.0.0.1:8000"  # read(): host and port
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    email_url: Annotated[SecretStr, BeforeValidator(_mail_url)] = SecretStr("file://")
    email_from: str = "qingyan@localhost"
    webhook_hosts: Words = ("qyapi.weixin.qq.com", "oapi.dingtalk.com")
    webhook_loopback: bool = False
    demo_password: SecretStr | None = None
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    postgres_bin: Path | None = None

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Self:
        """Reads NAME, QINGYAN_NAME and NAME_FILE. Raises Unsafe with one line per fault.

        Outside production, absent secrets are made once and kept in DATA_DIR/secrets (test: fixed, never written).
        """
        given: dict[str, Any] = {name: value for name in cls.model_fields if (value := _lookup(variables, name))}
        mode, data_dir = given.get("mode", Mode.DEMO), Path(given.get("data_dir", "var"))
        absent = [name for name in SECRET_NAMES if name not in given]
        if mode == Mode.PRODUCTION and absent:
            raise Unsafe("\n".join(f"{name.upper()} is not set; {_secret_advice(name)}" for name in absent))
        for name in absent:
            given[name] = _test_secret(name) if mode == Mode.TEST else _kept_secret(data_dir / "secrets", name)
        given["data_dir"] = data_dir.absolute()
        given.setdefault("base_url", f"http://{given.get('host', '127.0.0.1')}:{given.get('port', 8000)}")
        try:
            return cls(**given)
        except ValidationError as error:
            raise Unsafe("\n".join(_plainly(one["loc"], one["msg"]) for one in error.errors())) from None

    @property
    def in_production(self) -> bool:
        """Whether real people's data may be here."""
        return self.mode is Mode.PRODUCTION

    def mail(self) -> Mail:
        """Django's mail settings from EMAIL_URL: console://, file:// (DATA_DIR/mail) or smtp[s]://user:password@host:port."""
        url = urlsplit(self.email_url.get_secret_value())
        kind = {"console": "console", "file": "filebased"}.get(url.scheme, "smtp")
        return Mail(
            backend=f"django.core.mail.backends.{kind}.EmailBackend",
            host=url.hostname or "localhost",
            port=url.port or (465 if url.scheme == "smtps" else 587),
            user=unquote(url.username or ""),
            password=unquote(url.password or ""),
            ssl=url.scheme == "smtps",
            tls=url.scheme == "smtp",
        )

    @model_validator(mode="after")
    def _refuse_what_is_unsafe(self) -> Self:
        faults = [advice for fault, advice in self._production_faults() if fault] if self.in_production else []
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _production_faults(self) -> list[tuple[bool, str]]:
        secret = self.secret_key.get_secret_value()
        keys = {key.get_secret_value() for key in (self.master_key, self.checkpoint_key, self.index_key)}
        host = urlsplit(self.base_url).hostname
        wildcard = any(name == "*" or name.startswith(".") for name in self.allowed_hosts)
        return [
            (len(secret) < SHORTEST_SECRET or len(set(secret)) < 5, f"SECRET_KEY is too weak; {KEY_ADVICE}"),
            (len(keys) < 3, "MASTER_KEY, CHECKPOINT_KEY and INDEX_KEY must differ from each other"),
            (any(len(set(key)) < 8 for key in keys), f"a key is not random; {KEY_ADVICE}"),
            (self.debug, "DEBUG must be off in production: its pages show the data of children"),
            (wildcard, "ALLOWED_HOSTS must list each host by its whole name, without * or a leading dot"),
            (not self.base_url.startswith("https://"), "BASE_URL must begin with https://"),
            (host not in self.allowed_hosts, f"ALLOWED_HOSTS must contain the host of BASE_URL ({host})"),
            (self.database_url is None, "DATABASE_URL is not set; production needs a configured server"),
            (_user(self.database_url) == "postgres", "DATABASE_URL must not use the superuser postgres"),
            (self._roles_are_shared(), "DATABASE_URL, DATABASE_OWNER_URL and DATABASE_BUREAU_URL need three roles"),
            (self.demo_password is not None, "DEMO_PASSWORD must not be set in production"),
            (self.webhook_loopback, "WEBHOOK_LOOPBACK is for tests: it lets a robot's address name this machine"),
        ]

    def _roles_are_shared(self) -> bool:
        urls = (self.database_url, self.database_owner_url, self.database_bureau_url)
        roles = [role for url in urls if (role := _user(url))]
        return len(set(roles)) < len(roles)


def key_from_text(text: str) -> bytes:
    """The 32 bytes that a key's text stands for; ValueError with advice for anything else."""
    raw = _key(text)
    assert isinstance(raw, bytes)
    return raw


def fresh_key() -> str:
    """A new random key as base64 text."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_LENGTH)).decode()


def fresh_secret(name: str) -> str:
    """A new random value for one of SECRET_NAMES."""
    return secrets.token_urlsafe(SHORTEST_SECRET) if name == "secret_key" else fresh_key()


def _user(url: SecretStr | None) -> str | None:
    return str(conninfo_to_dict(url.get_secret_value())["user"]) if url else None


def _lookup(variables: Mapping[str, str], name: str) -> str | None:
    """The value of NAME, QINGYAN_NAME or the content of the file they point at; the longer name wins."""
    for variable in (PREFIX + name.upper(), name.upper()):
        if name in AMBIGUOUS and not variable.startswith(PREFIX):
            continue
        if path := variables.get(f"{variable}_FILE"):
            if variables.get(variable):
                raise Unsafe(f"{variable} and {variable}_FILE are both set; keep one")
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise Unsafe(f"{variable}_FILE: cannot read {path}: {error.strerror}") from None
        if value := variables.get(variable):
            return value
    return None


AMBIGUOUS = frozenset({"host", "port", "workers"})  # too common as bare names: shells and hosts set them


def _test_secret(name: str) -> str:
    return base64.urlsafe_b64encode(f"test only {name}".encode().ljust(KEY_LENGTH, b".")).decode()


def _kept_secret(folder: Path, name: str) -> str:
    """The secret of this demo, made at the first start; two processes that start together agree on one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(fresh_secret(name), encoding="utf-8")
        try:
            os.link(draft, path)  # unlike rename, never replaces what another process put there
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8")


def _secret_advice(name: str) -> str:
    return f"{KEY_ADVICE}, or point {name.upper()}_FILE at a file that only the service may read"


def _plainly(where: tuple[str | int, ...], message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"{str(where[0]).upper()} {text[:1].lower()}{text[1:]}" if where else text
