"""Micro-batches: requests that come while another is being stored are stored together by the next one.

Decides who works for whom; what is done with a batch is lean_together.py. There is no thread of its own: a request that
finds few leaders becomes one, stores everything that waits, wakes the others and hands on. So an idle server adds no
delay, and a busy one makes larger batches. A request that cannot be stored with others goes alone, in its own thread.
"""

import logging
import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from qingyan.screening.actions.writing import Refused

log = logging.getLogger(__name__)
Item = TypeVar("Item")
BUSY = "busy"
LEADERS = 2  # batches under way in one process: while one waits for the disk, the other computes
MOST_TOGETHER = 64
MOST_WAITING = 512
PATIENCE_SECONDS = 5.0  # then the page is told to try again; nothing was acknowledged
NOT_YET: Any = object()


@dataclass(slots=True, eq=False)
class Turn(Generic[Item]):
    """One request that waits. `outcome` is set by the batch; NOT_YET afterwards means: it has to go alone."""

    item: Item
    key: Hashable
    outcome: Any = NOT_YET
    leads: bool = False
    over: bool = False
    _woken: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._woken.acquire()

    def wait(self, seconds: float) -> bool:
        """Sleep until woken; False when nobody came."""
        return self._woken.acquire(timeout=seconds)

    def wake(self) -> None:
        """Called once, by a leader."""
        self._woken.release()


class Batches(Generic[Item]):
    """Collects turns of one kind. `together` stores a batch, sets outcomes, and may raise: then all go alone."""

    def __init__(self, together: Callable[[Sequence[Turn[Item]]], None]) -> None:
        self._together = together
        self._lock = threading.Lock()
        self._waiting: list[Turn[Item]] = []
        self._leading = 0

    def run(self, item: Item, key: Hashable) -> Any:
        """The outcome of the item, or NOT_YET when it has to go alone. Two items of one key never share a batch.

        Raises Refused(BUSY) when too many wait or nothing moves.
        """
        turn = Turn(item, key)
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                raise Refused(BUSY)
            self._waiting.append(turn)
            turn.leads = self._leading < LEADERS
            self._leading += turn.leads
        if not turn.leads:
            self._sleep(turn)
        if turn.leads:
            self._lead(turn)
        return turn.outcome

    def _sleep(self, turn: Turn[Item]) -> None:
        if turn.wait(PATIENCE_SECONDS):
            return
        with self._lock:
            if turn.leads or turn.over:  # woken at the last moment
                return
            if turn in self._waiting:
                self._waiting.remove(turn)
        raise Refused(BUSY)

    def _lead(self, leader: Turn[Item]) -> None:
        """Store a batch with the own turn in it; then another one leads, if any waits."""
        try:
            self._store(self._taken(leader))
        finally:
            with self._lock:
                following = next((turn for turn in self._waiting if not turn.leads), None)
                if following is None:
                    self._leading -= 1
                else:
                    following.leads = True
                    following.wake()

    def _taken(self, leader: Turn[Item]) -> list[Turn[Item]]:
        """The leader's own turn and what waits behind it; whoever leads too is left to their own batch."""
        with self._lock:
            batch, keys = [leader], {leader.key}
            left: list[Turn[Item]] = []
            for turn in self._waiting:
                if turn is leader:
                    continue
                fits = not turn.leads and len(batch) < MOST_TOGETHER and turn.key not in keys
                (batch if fits else left).append(turn)
                keys.add(turn.key)
            self._waiting = left
        return batch

    def _store(self, batch: Sequence[Turn[Item]]) -> None:
        try:
            self._together(batch)
        except Exception:
            # Whatever it was, it was rolled back; each tries alone, so that one crooked row harms no neighbour.
            log.warning("%d requests could not be stored together and go alone", len(batch), exc_info=True)
            for turn in batch:
                turn.outcome = NOT_YET
        finally:
            for turn in batch:
                turn.over = True
                if not turn.leads:
                    turn.wake()
