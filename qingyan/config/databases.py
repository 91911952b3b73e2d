"""From database URLs to Django's aliases: default (serves), owner (migrates), bureau (published figures only).

Decides: connection options. Does not: create roles or start a server (`foundation.database`).
"""

from typing import Any

from psycopg.conninfo import conninfo_to_dict
from pydantic import SecretStr

from qingyan.config.env import Environment
from qingyan.foundation.database.addresses import urls_of

STATEMENT_TIMEOUT_MS = 30_000  # longer work belongs into a job
NOT_FOR_OPTIONS = ("user", "password", "host", "port", "dbname", "options")
NOWHERE = SecretStr(
    "postgresql://qingyan_app@127.0.0.1:1/qingyan"
)  # refuses at once; commands start a server before this is read
PAGES_AT_ONCE = 8  # connections for Django's pages in one web process; the answering endpoint has its own


def databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Without DATABASE_URL: the embedded server of this data directory, if it runs."""
    if environment.database_url:
        urls = {
            "default": environment.database_url,
            "owner": environment.database_owner_url,
            "bureau": environment.database_bureau_url,
        }
    else:
        embedded = urls_of(environment.data_dir)
        urls = {alias: SecretStr(url) for alias, url in embedded.items()} or {"default": NOWHERE}
    return {alias: _alias(alias, url) for alias, url in urls.items() if url}


def share_connections(made: dict[str, dict[str, Any]]) -> None:
    """For a web process, which has far more threads than pages at work: one pool instead of a connection a thread."""
    default = made["default"]
    default["CONN_MAX_AGE"] = 0
    default["OPTIONS"]["pool"] = {"min_size": 1, "max_size": PAGES_AT_ONCE, "timeout": 10}


def _alias(alias: str, url: SecretStr) -> dict[str, Any]:
    parts = {name: str(value) for name, value in conninfo_to_dict(url.get_secret_value()).items()}
    options = {name: value for name, value in parts.items() if name not in NOT_FOR_OPTIONS}
    settings = [parts.get("options", "")]
    if alias != "owner":  # a migration may need longer
        settings.append(f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=60000")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts["dbname"],
        "USER": parts["user"],
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": None if alias == "default" else 0,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # ScopeMiddleware owns the transaction
        "OPTIONS": {"application_name": f"qingyan-{alias}", **options, "options": " ".join(settings).strip()},
    }
