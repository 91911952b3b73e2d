"""From a handed-in sheet to the rows that are stored: one function for every path. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from qingyan.archives.contracts import ResultContent
from qingyan.instruments.contracts import Plan, Scores
from qingyan.screening.rules.sheets import quality

JSON_COLUMNS: Sequence[str] = ("values", "bands", "not_scorable", "screen", "quality")


@dataclass(frozen=True)
class Sheet:
    """A sheet as it lies in the database, with the round it belongs to."""

    sitting: UUID
    campaign: UUID
    student: UUID
    school: int
    school_class: int
    instrument: str
    version: str
    age: int | None
    answers: list[int | None]
    times: list[int | None]
    rule: str = ""  # the round's cut-off; "" is the file's first


@dataclass(frozen=True)
class Outcome:
    """What a hand-in leaves behind. `result` holds the columns of a result row, `entry` the content of the file."""

    scores: Scores
    result: dict[str, Any]
    entry: dict[str, Any]


def outcome(sheet: Sheet, plan: Plan, *, at: datetime) -> Outcome:
    """Score the sheet and build its rows. Missing answers are allowed: a scale then says why it has no value.

    Raises InvalidAnswers when the sheet does not fit the instrument.
    """
    scores = plan.score(sheet.answers, age=sheet.age, rule=sheet.rule or None)
    careful = asdict(quality(sheet.answers, sheet.times)) | {"missing": len(scores.missing)}
    if scores.validity is not None:
        careful["validity"] = {"rule": scores.validity.rule, "doubtful": scores.validity.doubtful}
    result = {
        "sitting_id": sheet.sitting,
        "campaign_id": sheet.campaign,
        "student_id": sheet.student,
        "school_id": sheet.school,
        "school_class_id": sheet.school_class,
        "instrument": scores.instrument,
        "version": scores.version,
        **result_columns(scores),
        "quality": careful,
        "scored_at": at,
        "norm_version": norms(plan),
    }
    return Outcome(scores, result, file_content(sheet, scores, careful))


def norms(plan: Plan) -> str:
    """The norms that the plan scores by, as the column keeps them."""
    return ",".join(norm.id for norm in plan.instrument.norms)[:40]


def result_columns(scores: Scores) -> dict[str, Any]:
    """The columns of a result that follow from the scores alone."""
    return {
        "instrument_hash": scores.digest,
        "rule_version": scores.rule_version,
        "values": dict(scores.values),
        "bands": dict(scores.bands),
        "not_scorable": {scale: str(reason) for scale, reason in scores.not_scorable.items()},
        "screen": {
            "rule": scores.screen_rule,
            "outcome": scores.screen,
            "reasons": [
                {"scale": one.scale, "op": one.op, "value": one.value, "score": one.score}
                for one in scores.screen_reasons
            ],
        },
    }


def file_content(sheet: Sheet, scores: Scores, careful: Any) -> dict[str, Any]:
    """The content of the file entry; `careful` is the quality as a dict, or already as JSON."""
    content = ResultContent(
        instrument=scores.instrument,
        version=scores.version,
        campaign=str(sheet.campaign),
        values=dict(scores.values),
        bands=dict(scores.bands),
        not_scorable={scale: str(reason) for scale, reason in scores.not_scorable.items()},
        screen=scores.screen,
        screen_rule=scores.screen_rule or "",
        quality=careful,
    )
    return dict(vars(content))  # as_json() would copy every number; nothing here is changed afterwards
