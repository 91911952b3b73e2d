"""The demo city, for the command line."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Literal

from django.utils import timezone

from qingyan.command.work.migrating import migrate
from qingyan.demo import api
from qingyan.demo.api import NotHere

__all__ = ["NotHere", "load", "sign_ins"]


def load(
    *, size: Literal["full", "small", "city"], seed: int | None, progress: Callable[[str, float], None]
) -> dict[str, Any]:
    """Migrates and loads; returns what was written. Raises NotHere in production."""
    migrate()
    chosen = {} if seed is None else {"seed": seed}
    return asdict(api.load(now=timezone.now(), size=size, progress=progress, **chosen))


def sign_ins() -> list[dict[str, str]]:
    """One entry a person."""
    return [asdict(one) for one in api.sign_ins()]
