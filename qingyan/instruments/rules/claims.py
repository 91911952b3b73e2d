"""Figures that others published about an instrument: norms, reliable change, accuracy, the limit of a lie scale.

Decides their shape only. A figure stands here with its sample and with the evidence that it was read at its source.
"""

from typing import Annotated

from pydantic import Field

from qingyan.instruments.rules.vocabulary import Evidence, Id, Operator, Strict, Text, Words

Percent = Annotated[int | float, Field(ge=0, le=100)]
Share = Annotated[int | float, Field(ge=0, le=1)]


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


class Accuracy(Strict):
    """How often a screening rule was right in a published study, against `target` as found by `reference`.

    Ranges are lowest and highest published figure, both in percent (a single figure stands twice); None where the
    source gives none. `n` answered the questionnaire, `interviewed` of them were judged by the reference.
    `ppv` holds for a sample with that sample's share of cases, never for another.
    """

    screen: Id
    target: Words
    reference: Text
    sensitivity: tuple[Percent, Percent] | None = None
    specificity: tuple[Percent, Percent] | None = None
    ppv: tuple[Percent, Percent] | None = None
    auc: tuple[Share, Share] | None = None
    sample: Words
    n: Annotated[int, Field(ge=1)] | None = None
    interviewed: Annotated[int, Field(ge=1)] | None = None
    evidence: Evidence


class ValidityRule(Strict):
    """When a sheet is doubtful: the lie scale stands in this relation to the value. The first rule is the default.

    A doubtful sheet keeps its scores and its critical answers; `reason` says in words why it should be read with care.
    """

    id: Id
    title: Words
    scale: Id
    op: Operator
    value: int | float
    reason: Words
    evidence: Evidence
