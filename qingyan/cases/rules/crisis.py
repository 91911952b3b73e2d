"""How a crisis is reported upwards: the shape of the pack, what a report must hold, what it must not. Pure.

A report names nobody. The words of the people who write are theirs, so names are looked for before they are stored.
"""

import unicodedata
from collections.abc import Collection, Mapping
from typing import Annotated, Literal

from pydantic import Field

from qingyan.cases.rules.pack import Code, Id, Span, Strict, Text, Version
from qingyan.foundation.pure.workflow import State, Step, Workflow

ORAL, FIRST, CONTINUED, FINAL = "oral", "first", "continued", "final"
SEEN, ANSWER = "seen", "answer"
APPROVED, OBJECTED = "approved", "objected"
TOLD_TO, SAID = "told_to", "said"
ANNOUNCED, RUNNING, ENDED = "announced", "running", "ended"
SHORTEST_NAME = 2

THREAD = Workflow(
    name="crisis_thread",
    initial=ANNOUNCED,
    state_list=(
        State(ANNOUNCED, "已口头首报", owner="counsellor"),
        State(RUNNING, "续报中", owner="counsellor"),
        State(ENDED, "已终报", terminal=True),
    ),
    steps=(
        Step(FIRST, ANNOUNCED, RUNNING, "书面首报", needs=("report",)),
        Step(CONTINUED, RUNNING, RUNNING, "续报", needs=("report",)),
        Step(FINAL, RUNNING, ENDED, "终报", needs=("report",)),
    ),
)


class Heading(Strict):
    """One part of a written report."""

    code: Id
    text: Text
    help: Text
    required: bool


class Choice(Strict):
    """A code with its words."""

    code: Id
    text: Text


class GlassRules(Strict):
    """On what terms an officer opens a name."""

    minutes: Annotated[int, Field(ge=1, le=60)]
    review_hours: Annotated[int, Field(ge=1, le=72)]
    reasons: Annotated[tuple[Choice, ...], Field(min_length=1)]


class Approval(Strict):
    """Whose word on which written report is asked for, and by when. The report itself never waits for it."""

    of: Literal["first"]
    by: Literal["principal"]
    within: Span


class CrisisPack(Strict):
    """The versioned file. `approval`: since 1.1."""

    code: Code
    version: Version
    title: Text
    about: Text
    signed_by: Text | None
    approval: Approval | None = None
    continued: Span
    oral: Span
    written: Span
    headings: Annotated[tuple[Heading, ...], Field(min_length=1)]
    situations: Annotated[tuple[Choice, ...], Field(min_length=1)]
    glass: GlassRules


def missing(pack: CrisisPack, parts: Mapping[str, str]) -> list[str]:
    """Codes of the headings that must be written and are not; unknown ones count as well."""
    known = {one.code for one in pack.headings}
    wanted = [one.code for one in pack.headings if one.required and not parts.get(one.code, "").strip()]
    return wanted + [code for code in parts if code not in known]


def named(texts: Collection[str], names: Collection[str]) -> bool:
    """Whether a name or number stands in the texts, in whatever width, case or spacing it was typed."""
    plain = [_plain(one) for one in texts]
    return any(len(name) >= SHORTEST_NAME and _plain(name) in text for name in names for text in plain)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
