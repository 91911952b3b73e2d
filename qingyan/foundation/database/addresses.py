"""Where the embedded server of a data directory answers, and the passwords of its roles.

Decides: file names and the form of the URLs. Does not: start the server (`launcher`) or create the roles (`roles`).
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

DATABASE = "qingyan"
SUPERUSER = "postgres"
ROLE_OF_ALIAS = {"default": "qingyan_app", "owner": "qingyan_owner", "bureau": "qingyan_bureau"}
VARIABLE_OF_ALIAS = {"default": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "bureau": "DATABASE_BUREAU_URL"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running server listens; `socket_dir` is empty when its path would be too long for a socket."""

    port: int
    socket_dir: str
    pid: int

    def keep(self, path: Path) -> None:
        """Writes the file in one step, so that a reader never sees half of it."""
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(path)

    @classmethod
    def kept(cls, path: Path) -> Self | None:
        """What the last start wrote; the server may have stopped since."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        """A libpq URL, by socket where there is one (faster), else by loopback."""
        who = f"{quote(role, safe='')}:{quote(password, safe='')}"
        if self.socket_dir:
            return f"postgresql://{who}@/{database}?host={quote(self.socket_dir, safe='/')}&port={self.port}"
        return f"postgresql://{who}@127.0.0.1:{self.port}/{database}"


def address_file(data_dir: Path) -> Path:
    """The file that names port and socket of the data directory's server."""
    return data_dir / "postgres.json"


def password(data_dir: Path, role: str) -> str:
    """The role's password, made at the first call; only the launching user may read the file."""
    folder = data_dir / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"postgres-{role}"
    if not path.exists():
        draft = folder / f".{path.name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="utf-8")
        draft.replace(path)
    return path.read_text(encoding="utf-8")


def urls_of(data_dir: Path) -> dict[str, str]:
    """Django alias -> URL for the data directory's server; empty before its first start."""
    address = Address.kept(address_file(data_dir))
    if address is None:
        return {}
    return {alias: address.url(role, password(data_dir, role)) for alias, role in ROLE_OF_ALIAS.items()}
