"""The shape of an instrument file: what may be written in library/<code>/<version>.yaml.

Decides types and closed words only. Whether the parts fit together is decided in validation.py;
how answers become scores in scoring.py. Every model is strict, frozen and refuses unknown keys.
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


class Wording(Strict):
    """Whose words the items are."""

    kind: Literal["project", "authorised", "public_domain"]
    note: Text


class Source(Strict):
    """Where the instrument comes from and what its licence allows; `permission_ref` names one that was given."""

    citation: Text
    licence: Text
    licence_status: Literal["free", "public_domain", "permission", "unclear"]
    licence_evidence: Evidence
    permission_ref: Text | None = None


class Recall(Strict):
    """The period that the questions ask about, in days."""

    words: Words
    days: Annotated[int, Field(ge=1, le=3660)]


class Audience(Strict):
    """For whom: ages are whole years, both ends included."""

    ages: tuple[Age, Age]
    age_evidence: Evidence
    informant: Literal["self", "parent", "teacher"]
    recall: Recall
    stages: tuple[Literal["primary", "junior", "senior", "vocational"], ...]
    stages_evidence: Evidence


class Option(Strict):
    """One answer that can be chosen, and the number it stands for."""

    value: AnswerValue
    label: Words


class Item(Strict):
    """One question. `critical` answers alert at once, `watch` ones are only noted; both name their `concern`."""

    id: Id
    text: Words
    options: Id
    reverse: bool = False
    unscored: bool = False
    critical: bool = False
    watch: bool = False
    concern: Concern | None = None
    min_age: Age | None = None
    loinc: Text | None = None


class Missing(Strict):
    """How many unanswered items a scale bears (a number, or a percentage of the items asked) and what is done then."""

    allow: Annotated[int, Field(ge=0)] | None = None
    allow_percent: Annotated[int, Field(ge=0, le=50)] | None = None
    treat: Treatment
    evidence: Evidence

    def allowed(self, asked: int) -> int:
        """Number of unanswered items tolerated among `asked` items."""
        if self.allow is not None:
            return self.allow
        return asked * (self.allow_percent or 0) // 100


class Band(Strict):
    """Both ends included, in the unit and rounding of the scale."""

    lowest: Annotated[int | float, Field(alias="from")]
    highest: Annotated[int | float, Field(alias="to")]
    level: Id
    words: Words


class Scale(Strict):
    """A value made of items, or by `t_score` of another scale. `digits` are decimal places, after `multiplier`."""

    id: Id
    title: Words
    plain: Words
    items: tuple[Id, ...] = ()
    method: Method
    at_least: AnswerValue | None = None
    equal: AnswerValue | None = None
    weights: tuple[int, ...] = ()
    of: Id | None = None
    norm: Id | None = None
    multiplier: Annotated[int, Field(ge=1, le=100)] = 1
    digits: Annotated[int, Field(ge=0, le=4)] = 0
    missing: Missing | None = None
    bands: tuple[Band, ...] = ()
    cutoff_evidence: Evidence | None = None
    loinc: Text | None = None


class Condition(Strict):
    """True when any one of the scales stands in this relation to the value."""

    scales: tuple[Id, ...]
    op: Operator
    value: int | float


class ScreenRule(Strict):
    """When a sheet counts as screen-positive. The first rule of a file is its default."""

    id: Id
    title: Words
    join: Literal["any", "all"]
    conditions: tuple[Condition, ...]
    evidence: Evidence


class Norm(Strict):
    """Mean and standard deviation of a scale in a named sample of `n` people."""

    id: Id
    scale: Id
    sample: Text
    year: Annotated[int, Field(ge=1900, le=2100)]
    n: Annotated[int, Field(ge=1)]
    mean: float
    sd: Annotated[float, Field(gt=0)]
    evidence: Evidence


class ReliableChange(Strict):
    """Smallest change of a scale that is unlikely to be measurement noise, in points."""

    scale: Id
    points: Annotated[int | float, Field(gt=0)]
    evidence: Evidence


class StoredTotal(Strict):
    """A total already in the file: stored + offset must equal our value of the scale."""

    column: Text
    scale: Id
    offset: int = 0


class ImportProfile(Strict):
    """A known layout of a data file: `columns` is a pattern with {n} (1, 2, …) or one name per item."""

    id: Id
    about: Text
    columns: Text | tuple[Text, ...]
    offset: int = 0
    missing: tuple[str, ...] = ("",)
    totals: tuple[StoredTotal, ...] = ()


class Expect(Strict):
    """What a worked sheet must give; what is left out is not compared."""

    values: dict[Id, int | float] = {}
    bands: dict[Id, Id] = {}
    not_scorable: dict[Id, Id] = {}
    screen: Literal["positive", "negative", "undecided"] | None = None
    screens: dict[Id, bool] = {}
    critical: tuple[Id, ...] | None = None


class Example(Strict):
    """A worked sheet. Keys of `answers` are item ids or runs such as q1..q9; later keys win."""

    why: Text
    age: Age | None = None
    answers: dict[str, AnswerValue | None]
    expect: Expect


class Instrument(Strict):
    """One whole file. That its parts fit together is decided in validation.py."""

    code: Code
    version: Version
    title: Words
    public_title: Words
    description: Words
    wording: Wording
    source: Source
    audience: Annotated[Audience, Field(alias="for")]
    lead_in: Words
    options: dict[Id, tuple[Option, ...]]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    screens: tuple[ScreenRule, ...] = ()
    norms: tuple[Norm, ...] = ()
    reliable_change: tuple[ReliableChange, ...] = ()
    import_profiles: tuple[ImportProfile, ...] = ()
    notes: tuple[Evidence, ...] = ()
    loinc: Text | None = None
    examples: tuple[Example, ...] = ()

    def options_of(self, item: Item) -> tuple[Option, ...]:
        return self.options[item.options]

    def scale(self, scale_id: str) -> Scale:
        """The scale with this id; KeyError when there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)
