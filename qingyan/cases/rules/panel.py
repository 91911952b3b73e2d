"""When a panel has decided: enough people came, and most of their votes are for what is written down. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from qingyan.cases.rules.interview import Option
from qingyan.cases.rules.pack import CasePack, Code, Strict, Text, Version

WATCH, AGAIN, ABSTAINS = "watch", "again", "abstains"
TOO_FEW, NO_MAJORITY, NO_LEADER, UNSIGNED = "too_few", "no_majority", "no_leader", "unsigned"
UNKNOWN_DECISION, NO_MINUTES = "unknown_decision", "no_minutes"


class PanelRules(Strict):
    """The versioned rules of a meeting."""

    code: Code
    version: Version
    title: Text
    about: Text
    quorum: Annotated[int, Field(ge=2, le=15)]
    materials: tuple[Option, ...]


@dataclass(frozen=True)
class Seat:
    """One member: whether they came, what they voted for, whether they signed, whether they lead the school."""

    attended: bool
    vote: str
    signed: bool
    leads: bool = False


def panel_faults(rules: PanelRules, pack: CasePack, seats: Sequence[Seat], *, decision: str, minutes: str) -> list[str]:
    """Why this meeting has decided nothing yet. A tie decides nothing: people talk on."""
    there = [seat for seat in seats if seat.attended]
    found = []
    if len(there) < rules.quorum:
        found.append(TOO_FEW)
    if not any(seat.leads for seat in there):
        found.append(NO_LEADER)
    if decision not in {WATCH, AGAIN, *(one.code for one in pack.levels)}:
        found.append(UNKNOWN_DECISION)
    elif not _carried(there, decision):
        found.append(NO_MAJORITY)
    if not all(seat.signed for seat in there):
        found.append(UNSIGNED)
    if not minutes.strip():
        found.append(NO_MINUTES)
    return found


def votes(seats: Sequence[Seat]) -> Counter[str]:
    """How many of those who came voted for what; who abstains is counted apart."""
    return Counter(seat.vote or ABSTAINS for seat in seats if seat.attended)


def _carried(there: Sequence[Seat], decision: str) -> bool:
    cast = [seat.vote for seat in there if seat.vote not in ("", ABSTAINS)]
    return cast.count(decision) * 2 > len(cast)
