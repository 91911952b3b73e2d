"""The last look at a draft before it opens: what is missing, what speaks against it, what each grade will be asked."""

from dataclasses import dataclass
from datetime import datetime

from qingyan.consent import api as consent
from qingyan.consent.contracts import Text
from qingyan.foundation.access.actor import Actor
from qingyan.instruments import api as instruments
from qingyan.organisations.api import grade_name
from qingyan.screening.models import Campaign, CampaignInstrument, SecondStage
from qingyan.screening.queries.burden import campaign_burden_faults, campaign_burden_warnings
from qingyan.screening.queries.campaigns import Asked, asked_in, asked_rows
from qingyan.screening.queries.observation import stage_of
from qingyan.screening.queries.registrations import campaign_registration_faults
from qingyan.screening.queries.reviewed import campaign_review_faults
from qingyan.screening.rules.steps import missing


@dataclass(frozen=True)
class GradeLine:
    """What one grade is asked in this round."""

    grade: str
    titles: tuple[str, ...]
    items: int


@dataclass(frozen=True)
class Check:
    """Everything that the last step shows. `missing` names steps; `faults` and `warnings` are sentences.

    A fault forbids opening, a warning needs a written reason.
    """

    missing: list[str]
    faults: list[str]
    warnings: list[str]
    over: bool
    asked: list[Asked]
    grades: list[GradeLine]
    stage: SecondStage | None
    second_title: str
    text: Text | None

    @property
    def ready(self) -> bool:
        """Whether it may be opened."""
        return not (self.missing or self.faults or self.over)


def check_of(actor: Actor, campaign: Campaign, *, now: datetime) -> Check:
    """The plan as it stands."""
    rows, stage = asked_rows(campaign), stage_of(campaign)
    second = instruments.instrument(stage.instrument, stage.version).title.zh if stage and stage.instrument else ""
    return Check(
        missing=missing(campaign.settled),
        warnings=campaign_burden_warnings(campaign),
        faults=campaign_review_faults(campaign)
        + campaign_registration_faults(campaign)
        + campaign_burden_faults(campaign),
        over=campaign.closes_at <= now,
        asked=asked_in(campaign),
        grades=[line for grade in range(1, 13) if (line := _line(grade, rows)).items],
        stage=stage,
        second_title=second,
        text=consent.text_of(actor, campaign.consent_text_id) if campaign.consent_text_id else None,
    )


def _line(grade: int, rows: list[CampaignInstrument]) -> GradeLine:
    here = [
        instruments.instrument(one.instrument, one.version) for one in rows if one.grade_from <= grade <= one.grade_to
    ]
    return GradeLine(grade_name(grade), tuple(one.title.zh for one in here), sum(len(one.items) for one in here))
