"""One pupil of a round: what was answered and what teachers saw, beside each other. For counsellors."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.instruments import api as instruments
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.people.contracts import Pupil
from qingyan.screening.models import AnsweringQuality, Campaign, CampaignInstrument, Observation, ParentForm, Result
from qingyan.screening.models.parent_form import ANSWERED
from qingyan.screening.observation_form import OFTEN, SOMETIMES, seen
from qingyan.screening.policy import READ_CANDIDATES
from qingyan.screening.queries.assignments import Given, standing
from qingyan.screening.queries.candidates import line_of
from qingyan.screening.queries.parent_forms import forms_about
from qingyan.screening.rules.second_stage import Agreement, agreement
from qingyan.screening.workflow import SET_ASIDE


@dataclass(frozen=True)
class ScaleLine:
    """One scale: its value and band in words; `value` None where it could not be scored."""

    title: str
    value: int | float | None
    band: str


@dataclass(frozen=True)
class Answered:
    """One handed-in instrument. `second`: assigned to this pupil; `again`: the same instrument once more, in private;
    `asks`: its rule is met, None: undecided or none; `line`: that rule in words."""

    title: str
    informant: str
    second: bool
    again: bool
    at: datetime
    asks: bool | None
    line: str
    doubtful: bool | None
    scales: tuple[ScaleLine, ...]


@dataclass(frozen=True)
class Seen:
    """What one teacher saw."""

    observer: str
    at: datetime
    often: list[str]
    sometimes: list[str]
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """Everything side by side; `agreement` compares the own answers with what teachers saw."""

    pupil: Pupil
    school_class: SchoolClass | None
    answered: list[Answered]
    seen: list[Seen]
    given: Given | None
    agreement: Agreement


def comparison(actor: Actor, campaign: Campaign, student_id: UUID) -> Comparison:
    """One pupil of the actor's school. Raises NotVisible."""
    require(actor, READ_CANDIDATES)
    pupil = people.pupil(actor, student_id)
    if pupil is None:
        raise NotVisible("no such pupil")
    answered, saw = _answered(actor, campaign, student_id), _seen(actor, campaign, student_id)
    own = [one.asks for one in answered if one.informant == "self" and one.asks is not None]
    return Comparison(
        pupil=pupil,
        school_class=SchoolClass.objects.filter(id=pupil.school_class).first(),
        answered=answered,
        seen=saw,
        given=standing(actor, campaign, [student_id]).get(student_id),
        agreement=agreement(answered=any(own) if own else None, saw=any(one.often for one in saw) if saw else None),
    )


def _answered(actor: Actor, campaign: Campaign, student_id: UUID) -> list[Answered]:
    rules = dict(CampaignInstrument.objects.filter(campaign=campaign).values_list("instrument", "screen_rule"))
    rows = Result.objects.filter(campaign=campaign, school_id=actor.school_id, student_id=student_id)
    rows = rows.exclude(sitting__state=SET_ASIDE).select_related("sitting").order_by("scored_at")
    verdicts = AnsweringQuality.objects.filter(campaign=campaign, school_id=actor.school_id, student_id=student_id)
    doubts = dict(verdicts.values_list("sitting_id", "doubtful"))
    own = [_one(row, rules, doubts.get(row.sitting_id)) for row in rows]
    return own + [_by_guardian(one) for one in forms_about(actor, campaign, student_id) if one.state == ANSWERED]


def _by_guardian(form: ParentForm) -> Answered:
    known = instruments.instrument(form.instrument, form.version)
    return Answered(
        title=known.title.zh,
        informant=known.audience.informant,
        second=True,
        again=False,
        at=form.answered_at or form.asked_at,
        asks=None,
        line="",
        doubtful=None,
        scales=tuple(
            ScaleLine(scale.title.zh, form.values.get(scale.id), _band(scale, form.bands.get(scale.id)))
            for scale in known.scales
        ),
    )


def _one(row: Result, rules: dict[str, str], doubtful: bool | None) -> Answered:
    known = instruments.instrument(row.instrument, row.version)
    asks, _reached = instruments.judged(row.instrument, row.version, row.values, rule=rules.get(row.instrument) or None)
    return Answered(
        title=known.title.zh,
        informant=known.audience.informant,
        second=row.instrument not in rules,
        again=row.sitting.again_of_id is not None,
        at=row.scored_at,
        asks=asks,
        line=line_of(known, rules.get(row.instrument)),
        doubtful=doubtful,
        scales=tuple(
            ScaleLine(scale.title.zh, row.values.get(scale.id), _band(scale, row.bands.get(scale.id)))
            for scale in known.scales
        ),
    )


def _band(scale, level: str | None) -> str:
    return next((band.words.zh for band in scale.bands if band.level == level), "")


def _seen(actor: Actor, campaign: Campaign, student_id: UUID) -> list[Seen]:
    rows = Observation.objects.filter(campaign=campaign, school_id=actor.school_id, student_id=student_id)
    return [
        Seen(
            observer=row.observer.name if row.observer else "",
            at=row.saved_at,
            often=seen(row.marks, OFTEN),
            sometimes=seen(row.marks, SOMETIMES),
            sentence=row.sentence or "",
        )
        for row in rows.select_related("observer").order_by("saved_at")
    ]
