"""What must stand before the first request: schema, policies, and in demo mode the demo city."""

from collections.abc import Callable
from dataclasses import asdict

from django.db import connections
from django.utils import timezone

from qingyan.command.work.migrating import migrate
from qingyan.demo import api as demo


def make_ready(*, demo_wanted: bool, progress: Callable[[str], None]) -> list[dict[str, str]]:
    """Migrates and loads; returns how the people of the demo sign in (empty without demo)."""
    done = migrate()
    if done.applied:
        progress(f"database: {len(done.applied)} migrations applied, {done.protected} tables under row-level security")
    sign_ins = []
    if demo_wanted:
        demo.load(now=timezone.now(), progress=progress)
        sign_ins = [asdict(one) for one in demo.sign_ins()]
    connections.close_all()
    return sign_ins
