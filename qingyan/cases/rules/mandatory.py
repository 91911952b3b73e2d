"""The nine situations of the mandatory report: their shape, and what answers to them demand. Pure."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from qingyan.cases.rules.pack import Code, Id, Span, Strict, Text, Version

NO, SUSPECTED, YES = "no", "suspected", "yes"
ANSWERS = (NO, SUSPECTED, YES)


class Source(Strict):
    """The rule; `read: false` means it must be compared with the published text before real use."""

    text: Text
    read: bool


class Situation(Strict):
    """One of the nine."""

    code: Id
    text: Text


class MandatoryReport(Strict):
    """The versioned list."""

    code: Code
    version: Version
    title: Text
    about: Text
    source: Source
    report_within: Span
    situations: Annotated[tuple[Situation, ...], Field(min_length=9, max_length=9)]

    @property
    def name(self) -> str:
        """As interviews keep it."""
        return f"{self.code}/{self.version}"


def must_report(answers: Mapping[str, str]) -> bool:
    """Whether any situation is there or suspected. Suspicion suffices; nobody has to prove anything first."""
    return any(answer != NO for answer in answers.values())


def unanswered(law: MandatoryReport, answers: Mapping[str, str]) -> list[str]:
    """Codes of the situations that nobody has answered; a check with a gap is no check."""
    return [one.code for one in law.situations if answers.get(one.code) not in ANSWERS]
