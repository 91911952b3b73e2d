"""The words an instrument file is made of: identifiers, texts in both languages, evidence, the concerns of an item.

Decides types and closed words only; what is built from them stands in schema.py and claims.py.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Version = Annotated[str, Field(pattern=r"^\d+\.\d+$")]
Text = Annotated[str, Field(min_length=1)]
Age = Annotated[int, Field(ge=3, le=120)]
# A sheet is held as bytes and as int8 with -1 for a missing answer, so coded answers stay small (reversing adds two).
AnswerValue = Annotated[int, Field(ge=0, le=60)]

Method = Literal["sum", "mean", "weighted", "max", "count_at_least", "count_equal", "psdi", "t_score"]
Treatment = Literal["prorate", "mean_of_answered", "answered_only", "not_scorable"]
Operator = Literal[">", ">=", "<", "<=", "=="]
Language = Literal["zh", "en"]


class Concern(StrEnum):
    """What a flagged item asks about; alert rules read it, the pupil's page never does."""

    SUICIDAL_THOUGHT = "suicidal_thought"
    SUICIDE_ATTEMPT = "suicide_attempt"
    SELF_HARM = "self_harm"
    THOUGHT_OF_DEATH = "thought_of_death"
    LIFE_WORTH = "life_worth"
    HARM_TO_OTHERS = "harm_to_others"
    DAMAGE = "damage"


class Strict(BaseModel):
    """Ground of every part of a file: no unknown key, no silent conversion, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=False)


class Words(Strict):
    """One text in both languages; neither may be empty."""

    zh: Text
    en: Text

    def in_language(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Evidence(Strict):
    """A claim and whether it was read at the source it names; `read: false` must be verified before clinical use."""

    text: Text
    read: bool
