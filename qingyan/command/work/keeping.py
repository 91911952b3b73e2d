"""Rotating data keys and replacing the master key."""

from collections.abc import Callable

from django.conf import settings

from qingyan.config.env import key_from_text
from qingyan.foundation.crypto import api
from qingyan.foundation.crypto.api import Progress, Unreadable

__all__ = ["Unreadable", "rewrap", "rotate"]


def rotate(*, progress: Callable[[str], None]) -> dict[str, int]:
    """Seals all fields anew; `progress` gets one line a finished school. Returns the number of retired keys."""

    def told(step: Progress) -> None:
        if step.finished:
            progress(f"school {step.school_id or 'city'}: {step.retired_keys} keys retired")

    return {"retired_keys": api.rotate_keys(progress=told)}


def rewrap(old: str) -> int:
    """Wraps all data keys with the master key of the settings; returns how many changed."""
    return api.rewrap_master(old=key_from_text(old), new=settings.QINGYAN_MASTER_KEY)
