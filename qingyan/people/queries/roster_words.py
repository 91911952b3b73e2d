"""The roster's problem codes as sentences in the reader's language. The sentences are in roster/words.py."""

from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext as _

from qingyan.people.roster.outcome import Problem
from qingyan.people.roster.words import FIELD_TITLES, NOTHING_CHANGED, REFUSALS, ROW_PROBLEMS, SETBACKS

SEX_WORDS = {"M": "男", "F": "女"}


@dataclass(frozen=True)
class Refusal:
    """Why a file cannot be used: what happened, that nothing changed, what to do next."""

    happened: str
    unchanged: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.happened}{self.unchanged}{self.next_step}"


def sentence(problem: Problem) -> str:
    """What is wrong in one row, and what to do."""
    return _(ROW_PROBLEMS[problem.code]) % _values(problem)


def refusal(problem: Problem) -> Refusal:
    """What is wrong with a whole file."""
    happened, next_step = REFUSALS[problem.code]
    return Refusal(_(happened) % _values(problem), _(NOTHING_CHANGED), _(next_step))


def refusal_from(text: str) -> Refusal | None:
    """The refusal that a draft keeps, or None."""
    return refusal(msgspec.json.decode(text, type=Problem)) if text and text not in SETBACKS else None


def setback_from(text: str) -> str:
    """Why work on a checked draft stopped, or nothing."""
    return _(SETBACKS[text]) if text in SETBACKS else ""


def field_title(field: str) -> str:
    """A field's name for people."""
    return _(FIELD_TITLES[field]) if field else ""


def _values(problem: Problem) -> dict[str, str | int]:
    values = {"field": field_title(problem.field), **problem.params}
    if "fields" in values:
        values["fields"] = "、".join(field_title(field) for field in str(values["fields"]).split(","))
    if problem.code == "sex_differs":
        values["says"] = _(SEX_WORDS[str(values["says"])])
    return values
