"""What a higher domain must settle before two files become one: it registers a guard, and people knows no reason."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor

# (survivor, other, by, now): whether the two may be merged; one that says no tells its own people what to settle.
MergeGuard = Callable[[UUID, UUID, Actor, datetime], bool]
_guards: list[MergeGuard] = []


def register_merge_guard(guard: MergeGuard) -> None:
    """Ask this guard before every merge; registering twice counts once."""
    if guard not in _guards:
        _guards.append(guard)


def may_merge(survivor: UUID, other: UUID, *, by: Actor, now: datetime) -> bool:
    """Whether no guard holds the merge back. Every guard is asked, so that all of them can tell their people."""
    answers = [guard(survivor, other, by, now) for guard in _guards]
    return all(answers)
