"""What a seat on the invigilator's board says of a pupil: how far, and whether somebody should come. Pure.

Nothing here knows an answer, a score, an alert, or why somebody stopped. "Not now" is not told apart from "not begun".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

NEEDS_HELP, ANSWERING, STOPPED, BETWEEN, NOT_STARTED, DONE = (
    "needs_help",
    "answering",
    "stopped",
    "between",
    "not_started",
    "done",
)


@dataclass(frozen=True)
class SeatFacts:
    """One seat as the database gives it. `help` is the sitting whose pupil waits for a teacher, or None."""

    student: UUID
    number: int
    name: str
    done: int
    answering: bool
    stopped: bool
    help: UUID | None


@dataclass(frozen=True)
class SeatLine:
    """One seat as the board shows it: `done` of `asked` instruments are handed in."""

    facts: SeatFacts
    asked: int
    state: str


@dataclass(frozen=True)
class Board:
    """A class in its room: seats that wait for help first, then by number; and a word that changes when a seat does."""

    seats: tuple[SeatLine, ...]
    mark: str

    def count(self, state: str) -> int:
        """How many seats are in this state."""
        return sum(line.state == state for line in self.seats)

    @property
    def waiting(self) -> tuple[SeatLine, ...]:
        """The seats to which somebody should go."""
        return tuple(line for line in self.seats if line.state == NEEDS_HELP)

    @property
    def done(self) -> int:
        """How many have handed in everything."""
        return self.count(DONE)


def state_of(facts: SeatFacts, asked: int) -> str:
    """Help before everything; then what the pupil is doing now; then what is behind."""
    if facts.help is not None:
        return NEEDS_HELP
    if facts.answering:
        return ANSWERING
    if facts.stopped:
        return STOPPED
    if asked and facts.done >= asked:
        return DONE
    return BETWEEN if facts.done else NOT_STARTED


def board(found: Iterable[SeatFacts], asked: int) -> Board:
    """The board of a class of which `asked` instruments are asked."""
    lines = [SeatLine(facts, asked, state_of(facts, asked)) for facts in found]
    lines.sort(key=lambda line: (line.state != NEEDS_HELP, line.facts.number))
    return Board(tuple(lines), _mark(lines))


def _mark(lines: Sequence[SeatLine]) -> str:
    return blake2b(repr(lines).encode(), digest_size=8).hexdigest()
