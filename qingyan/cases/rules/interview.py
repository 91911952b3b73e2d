"""The shape of the interview's guide, and whether what came back can be stored. Nothing is scored. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from qingyan.cases.rules.pack import Code, Id, Strict, Text, Version

TEXT, CHOICE, MANY = "text", "choice", "many"
Answer = str | Sequence[str]
LONGEST_ANSWER = 4000


class Option(Strict):
    """One option of a question."""

    code: Id
    text: Text


class Question(Strict):
    """What is asked: in words, one of several, or any of several."""

    code: Id
    kind: Literal["text", "choice", "many"]
    text: Text
    required: bool = False
    choices: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _has_options_where_one_chooses(self) -> "Question":
        if (self.kind == TEXT) == bool(self.choices):
            raise ValueError(f"{self.code}: options belong to a choice, and to nothing else")
        return self

    @property
    def codes(self) -> frozenset[str]:
        """The options' codes."""
        return frozenset(option.code for option in self.choices)


class Section(Strict):
    """Questions under one heading."""

    code: Id
    title: Text
    help: Text | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Guide(Strict):
    """The versioned guide."""

    code: Code
    version: Version
    title: Text
    about: Text
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _asks_nothing_twice(self) -> "Guide":
        codes = [question.code for question in self.questions()]
        if len(set(codes)) != len(codes):
            raise ValueError("a question is asked twice")
        return self

    @property
    def name(self) -> str:
        """As interviews keep it."""
        return f"{self.code}/{self.version}"

    def questions(self) -> Iterator[Question]:
        """All questions in order."""
        return (question for section in self.sections for question in section.questions)


def faults(guide: Guide, answers: Mapping[str, Answer]) -> list[str]:
    """Codes of the questions whose answer cannot be stored: missing where it must not be, or none of the options."""
    asked = {question.code: question for question in guide.questions()}
    found = [code for code in answers if code not in asked]
    return found + [code for code, question in asked.items() if not _fits(question, answers.get(code, ""))]


def _fits(question: Question, answer: Answer) -> bool:
    if not answer:
        return not question.required
    if question.kind == MANY:
        return not isinstance(answer, str) and set(answer) <= question.codes
    if question.kind == CHOICE:
        return isinstance(answer, str) and answer in question.codes
    return isinstance(answer, str) and len(answer) <= LONGEST_ANSWER
