"""What must stand before the first request: schema, policies, and in demo mode the demo city."""

from collections.abc import Callable
from dataclasses import asdict

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.utils import timezone

from qingyan.command.work.migrating import migrate
from qingyan.demo import api as demo

# Without these an acknowledged answer could be gone after a crash. `qingyan doctor` looks at more.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
KEPT = ("on", "remote_apply")


def refuse_careless() -> None:
    """Raises ImproperlyConfigured when the database, asked as the role that serves, may lose acknowledged answers."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'current_setting({name!r})' for name in DURABLE)}")
        found = dict(zip(DURABLE, cursor.fetchone(), strict=True))
    careless = [f"{name} is {value}" for name, value in found.items() if value not in KEPT]
    if careless:
        raise ImproperlyConfigured(
            f"no answers are taken: {', '.join(careless)}; acknowledged answers could be lost. Set it to on, "
            "for the server and for the role qingyan_app."
        )


def make_ready(*, demo_wanted: bool, progress: Callable[[str], None]) -> list[dict[str, str]]:
    """Migrates and loads; returns how the people of the demo sign in (empty without demo).

    Raises ImproperlyConfigured when acknowledged answers could be lost here.
    """
    done = migrate()
    refuse_careless()
    if done.applied:
        progress(f"database: {len(done.applied)} migrations applied, {done.protected} tables under row-level security")
    sign_ins = []
    if demo_wanted:
        demo.load(now=timezone.now(), progress=lambda line, _share: progress(line))
        sign_ins = [asdict(one) for one in demo.sign_ins()]
    connections.close_all()
    return sign_ins
