"""Who is to be looked at more closely after the first stage, by need; for counsellors, once observation has ended.

A candidate is a reason to talk, no finding. Critical answers never wait for this list: they are alerts of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import Instrument, Reached
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.screening.models import (
    AnsweringQuality,
    Campaign,
    CampaignInstrument,
    EarlyLook,
    Observation,
    Result,
    SecondStage,
)
from qingyan.screening.models.second_stage import Assignment
from qingyan.screening.observation_form import signs
from qingyan.screening.policy import READ_CANDIDATES
from qingyan.screening.queries.assignments import standing
from qingyan.screening.queries.observation import window_of
from qingyan.screening.workflow import SET_ASIDE


@dataclass(frozen=True)
class Flag:
    """One first-stage result that meets the rule. `title` is the instrument's, `line` the round's cut-off in words;
    `because` the conditions met."""

    sitting: UUID
    title: str
    line: str
    because: tuple[str, ...]
    at: datetime
    code: str = ""


@dataclass
class Candidate:
    """One pupil with what made a candidate of them. `observed` is None where no teacher wrote anything."""

    student: UUID
    school_class: int
    flags: list[Flag] = field(default_factory=list)
    observed: int | None = None

    @property
    def need(self) -> tuple[int, int, datetime]:
        """What the list is ordered by: conditions met, signs that a teacher saw, then who has waited longest."""
        met = sum(len(flag.because) for flag in self.flags)
        return -met, -(self.observed or 0), min(flag.at for flag in self.flags)


@dataclass(frozen=True)
class Line:
    """A candidate as the page shows it."""

    candidate: Candidate
    name: str
    school_class: SchoolClass | None
    doubtful: bool | None
    assigned: Assignment | None
    done: bool


def may_be_seen(actor: Actor, campaign: Campaign, stage: SecondStage, *, now: datetime) -> bool:
    """Whether the observation has ended here, or a counsellor opened the list early. Raises NotVisible."""
    require(actor, READ_CANDIDATES)
    if window_of(actor, campaign, stage).is_over(now):
        return True
    return EarlyLook.objects.filter(campaign=campaign, school_id=actor.school_id).exists()


def candidates(actor: Actor, campaign: Campaign, stage: SecondStage, *, class_id: int | None = None) -> list[Candidate]:
    """All candidates of the school, the greatest need first. Four statements, whatever their number."""
    require(actor, READ_CANDIDATES)
    return found(actor, campaign, stage, class_id=class_id)


def found(actor: Actor, campaign: Campaign, stage: SecondStage, *, class_id: int | None = None) -> list[Candidate]:
    """The same for the platform, whose right the caller checks and whose scope must show results and observations."""
    picked: dict[UUID, Candidate] = {}
    rules = _rules(campaign, stage)
    for result, reached in _positive(_results(actor, campaign, class_id), rules):
        one = picked.setdefault(result.student_id, Candidate(result.student_id, result.school_class_id))
        one.flags.append(_flag(result, reached, rules[result.instrument]))
    rows = Observation.objects.filter(campaign=campaign, school_id=actor.school_id, student_id__in=picked)
    for student, marks in rows.values_list("student_id", "marks"):
        picked[student].observed = max(picked[student].observed or 0, signs(marks))
    return sorted(picked.values(), key=lambda one: one.need)


def lines(actor: Actor, campaign: Campaign, shown: Iterable[Candidate]) -> list[Line]:
    """The candidates of one page with names, classes, answering quality and what was assigned."""
    here = list(shown)
    ids = [one.student for one in here]
    names = people.pupils(actor, ids)
    classes = SchoolClass.objects.in_bulk({one.school_class for one in here})
    doubts: dict[UUID, bool] = {}
    verdicts = AnsweringQuality.objects.filter(campaign=campaign, school_id=actor.school_id, student_id__in=ids)
    for student, doubtful in verdicts.values_list("student_id", "doubtful"):
        doubts[student] = doubts.get(student, False) or doubtful
    given = standing(actor, campaign, ids)
    return [
        Line(
            candidate=one,
            name=names[one.student].name,
            school_class=classes.get(one.school_class),
            doubtful=doubts.get(one.student),
            assigned=given[one.student].assignment if one.student in given else None,
            done=one.student in given and given[one.student].done,
        )
        for one in here
        if one.student in names
    ]


def line_of(known: Instrument, rule: str | None) -> str:
    """The cut-off in words: the named rule, else the file's first; empty where the file has none."""
    named = [one.title.zh for one in known.screens if one.id == rule] or [one.title.zh for one in known.screens]
    return named[0] if named else ""


def words_of(instrument: str, version: str, reached: Iterable[Reached]) -> tuple[str, ...]:
    """The conditions that a result met, e.g. 总分 12（≥ 10）."""
    titles = {scale.id: scale.title.zh for scale in instruments.instrument(instrument, version).scales}
    return tuple(f"{titles.get(one.scale, one.scale)} {one.score}（{one.op} {one.value}）" for one in reached)


def _results(actor: Actor, campaign: Campaign, class_id: int | None) -> "Iterable[Result]":
    rows = Result.objects.filter(campaign=campaign, school_id=actor.school_id).exclude(sitting__state=SET_ASIDE)
    if class_id is not None:
        rows = rows.filter(school_class_id=class_id)
    return rows.only("sitting_id", "student_id", "school_class_id", "instrument", "version", "values", "scored_at")


def _rules(campaign: Campaign, stage: SecondStage) -> dict[str, str | None]:
    """The rule that each first-stage instrument is judged by; None is the file's default."""
    rows = CampaignInstrument.objects.filter(campaign=campaign)
    if stage.first_instrument:
        rows = rows.filter(instrument=stage.first_instrument)
    return {one.instrument: one.screen_rule or None for one in rows}


def _positive(results: "Iterable[Result]", rules: dict[str, str | None]):
    for result in results:
        if result.instrument not in rules:
            continue
        outcome, reached = instruments.judged(
            result.instrument, result.version, result.values, rule=rules[result.instrument]
        )
        if outcome:
            yield result, reached


def _flag(result: Result, reached: Iterable[Reached], rule: str | None) -> Flag:
    known = instruments.instrument(result.instrument, result.version)
    because = words_of(result.instrument, result.version, reached)
    return Flag(result.sitting_id, known.title.zh, line_of(known, rule), because, result.scored_at, result.instrument)
