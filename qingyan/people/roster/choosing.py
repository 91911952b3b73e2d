"""A person's word on single rows: taken, left out, another child, or the same child as one of the register.

Decides what is done when nobody has said anything: every row is taken, except a possible duplicate, which waits.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

import msgspec

from qingyan.people.roster.planning import Fate, Step

TAKE, LEAVE, NEW, LINK = "take", "leave", "new", "link:"
ASKED = frozenset({Fate.DUPLICATE})  # kinds that stay out until a person has decided
Choices = Mapping[str, str]


class Unfit(Exception):
    """This choice does not belong to this row."""


def checked(step: Step, choice: str) -> str:
    """The choice, if it can be made for this row. Raises Unfit."""
    possible = {TAKE} if step.fate is Fate.UNCHANGED else {TAKE, LEAVE}
    if step.fate in ASKED:
        possible = {LEAVE, NEW, *(f"{LINK}{one.student}" for one in step.candidates)}
    if choice not in possible:
        raise Unfit(choice)
    return choice


def choice_of(step: Step, choices: Choices) -> str:
    """What is to be done with this row."""
    return choices.get(str(step.row.line), LEAVE if step.fate in ASKED else TAKE)


def taken(step: Step, choices: Choices, skip: Collection[Fate] = ()) -> Step | None:
    """The step that is done, or None when the row stays out. A linked row keeps its kind; `linked` says to whom."""
    choice = choice_of(step, choices)
    if choice == LEAVE or step.fate in skip:
        return None
    return msgspec.structs.replace(step, fate=Fate.NEW, candidates=()) if choice == NEW else step


def linked(step: Step, choices: Choices) -> UUID | None:
    """The pupil whom a person has named for this possible duplicate."""
    choice = choice_of(step, choices)
    return UUID(choice.removeprefix(LINK)) if step.fate in ASKED and choice.startswith(LINK) else None


def decided(step: Step, choice: str, choices: Choices) -> dict[str, str]:
    """The choices with this one among them; what would be done anyhow is not kept. Raises Unfit."""
    rest = {line: one for line, one in choices.items() if line != str(step.row.line)}
    usual = choice_of(step, {})
    return rest if checked(step, choice) == usual else rest | {str(step.row.line): choice}


def left_out(counts: Mapping[str, int], choices: Choices) -> int:
    """How many of the good rows stay out, as things stand: said to be left, or waiting for a decision."""
    leaving = sum(choice == LEAVE for choice in choices.values())
    return leaving + sum(counts.get(fate, 0) for fate in ASKED) - (len(choices) - leaving)


def still_fitting(step: Step, choice: str) -> dict[str, str]:
    """The choice as it is kept after the register has changed; nothing when it does not belong to the row any more."""
    try:
        return decided(step, choice, {})
    except Unfit:
        return {}
