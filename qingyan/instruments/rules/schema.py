"""The shape of an instrument file: what may be written in library/<code>/<version>.yaml.

Decides types and closed words only. Whether the parts fit together is decided in validation.py;
how answers become scores in scoring.py. Every model is strict, frozen and refuses unknown keys.
"""

from typing import Annotated, Literal

from pydantic import Field

from qingyan.instruments.rules.claims import Accuracy, Norm, ReliableChange, ValidityRule
from qingyan.instruments.rules.vocabulary import (
    Age,
    AnswerValue,
    Code,
    Concern,
    Evidence,
    Id,
    Method,
    Operator,
    Strict,
    Text,
    Treatment,
    Version,
    Words,
)


class Wording(Strict):
    """Whose words the items are. `bring`: the file holds the key alone, an organisation brings the words it may use."""

    kind: Literal["project", "authorised", "public_domain", "bring"]
    note: Text


class Source(Strict):
    """Where the instrument comes from and what its licence allows; `permission_ref` names one that was given."""

    citation: Text
    licence: Text
    licence_status: Literal["free", "public_domain", "permission", "unclear"]
    licence_evidence: Evidence
    permission_ref: Text | None = None


class Recall(Strict):
    """The period that the questions ask about, in days; no days where they ask how one is in general."""

    words: Words
    days: Annotated[int, Field(ge=1, le=3660)] | None = None


class Audience(Strict):
    """For whom: ages are whole years, both ends included."""

    ages: tuple[Age, Age]
    age_evidence: Evidence
    informant: Literal["self", "parent", "teacher"]
    recall: Recall
    stages: tuple[Literal["primary", "junior", "senior", "vocational"], ...]
    stages_evidence: Evidence


class Option(Strict):
    """One answer that can be chosen, and the number it stands for. No label where the wording is brought."""

    value: AnswerValue
    label: Words | None = None


class Item(Strict):
    """One question. `critical` answers alert at once, `watch` ones are only noted; both name their `concern`.

    No text where the wording is brought (`wording.kind: bring`).
    """

    id: Id
    text: Words | None = None
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
    doubtful: bool | None = None
    validity: dict[Id, bool] = {}
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
    validity: tuple[ValidityRule, ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
    norms: tuple[Norm, ...] = ()
    reliable_change: tuple[ReliableChange, ...] = ()
    import_profiles: tuple[ImportProfile, ...] = ()
    notes: tuple[Evidence, ...] = ()
    loinc: Text | None = None
    examples: tuple[Example, ...] = ()

    def options_of(self, item: Item) -> tuple[Option, ...]:
        return self.options[item.options]

    @property
    def needs_wording(self) -> bool:
        """Whether the file ships no text: an organisation must bring its wording before anybody can answer."""
        return self.wording.kind == "bring"

    def scale(self, scale_id: str) -> Scale:
        """The scale with this id; KeyError when there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)
