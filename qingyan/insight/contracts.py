"""What an occasion is, and what the building of the cube passes on: plain frozen values."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Occasion:
    """What tables are about: a screening round or a term; exactly one of the two."""

    round: UUID | None = None
    term: int | None = None
