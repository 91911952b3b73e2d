"""Facts announced by a lower domain and heard by a higher one. Two ways, both safe against a crash.

`announce` calls in-transaction subscribers now, on the caller's cursor: if one fails, the change fails with it.
`publish` defers one job for each other subscriber in the same transaction: nothing is announced that was not committed.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.jobs.api import enqueue

Handler = Callable[..., None]
_inside: dict[type, list[Handler]] = defaultdict(list)
_many: dict[Handler, Handler] = {}
_later: dict[type, list[str]] = defaultdict(list)


def subscribe(event: type, handler: Handler | str, *, in_transaction: bool = False) -> None:
    """Listen to an event class: a callable (event, cursor) inside the transaction, or the name of a job afterwards.

    Listening twice counts once. Raises TypeError for a job's name inside the transaction, or a callable afterwards.
    """
    if isinstance(handler, str) is in_transaction:
        raise TypeError("inside the transaction a callable listens, afterwards a job by its name")
    if isinstance(handler, str):
        if handler not in _later[event]:
            _later[event].append(handler)
    elif handler not in _inside[event]:
        _inside[event].append(handler)


def hear_together(handler: Handler, many: Handler) -> None:
    """Where several events are announced at once, `many` (events, cursor) does what `handler` would do for each."""
    _many[handler] = many


def announce_all(events: Sequence[Any], cursor: Any) -> None:
    """Announce several events of one class, in the writers' common scope. An error is an error of all of them."""
    for handler in _inside[type(events[0])] if events else ():
        if handler in _many:
            _many[handler](events, cursor)
        else:
            for event in events:
                handler(event, cursor)


def announce(event: Any, cursor: Any) -> None:
    """Tell the in-transaction subscribers, who write on this cursor. Their errors are the caller's errors."""
    for handler in _inside[type(event)]:
        handler(event, cursor)


def publish(event: Any, *, by: Actor) -> None:
    """Defer a job for every later subscriber, in the open transaction. The event must be a dataclass of identifiers."""
    if not is_dataclass(event) or isinstance(event, type):
        raise TypeError("an event is a frozen dataclass")
    for job in _later[type(event)]:
        enqueue(job, by=by, **{name: _plain(value) for name, value in asdict(event).items()})


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
