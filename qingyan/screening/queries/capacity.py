"""What the simulator stands on: how many pupils a round invites, who is there to talk, which figures were published."""

from collections import Counter
from dataclasses import dataclass

from qingyan.foundation.access.actor import Actor
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import Accuracy
from qingyan.organisations.api import School, staffing
from qingyan.screening.models import Campaign, CampaignInstrument
from qingyan.screening.queries.progress import progress_here, progress_in_city
from qingyan.screening.rules.capacity import Interval, Sharpness

PERCENT = 100


@dataclass(frozen=True)
class Cut:
    """One screening rule of one instrument of the round, with what was published about it and whom it meets."""

    key: str
    instrument: str
    rule: str
    title: str
    rule_title: str
    rule_source: str
    rule_source_read: bool
    accuracy: tuple[Accuracy, ...]
    pupils: int

    @property
    def label(self) -> str:
        """Instrument and rule in words."""
        return f"{self.title} · {self.rule_title}"

    @property
    def complete(self) -> tuple[Accuracy, ...]:
        """The published figures from which a share of positives can be worked out."""
        return tuple(one for one in self.accuracy if one.sensitivity and one.specificity)


@dataclass(frozen=True)
class Staff:
    """Counsellors by kind of post; a post whose file does not say the kind is counted nowhere."""

    full_time: int
    part_time: int


def cuts_of(actor: Actor, campaign: Campaign) -> list[Cut]:
    """Every screening rule of the round's instruments; those with published figures first."""
    grades = _pupils_by_grade(actor, campaign)
    found = [cut for asked in CampaignInstrument.objects.filter(campaign=campaign) for cut in _cuts(asked, grades)]
    return sorted(found, key=lambda cut: not cut.complete)


def second_stages() -> list[Cut]:
    """Every released rule whose accuracy was published completely: what a short second step may be."""
    newest = [one for one in instruments.released() if one.latest]
    found = [cut for one in newest for cut in _rules(one.code, one.version, 0)]
    return [cut for cut in found if cut.complete]


def staff_of(actor: Actor, campaign: Campaign) -> Staff:
    """The counsellors of the actor's school, or of all schools of the round's city."""
    everywhere = staffing()
    if actor.school_id is not None:
        wanted = {actor.school_id}
    else:
        wanted = set(School.objects.filter(district__city_id=campaign.city_id).values_list("id", flat=True))
    here = [facts for school, facts in everywhere.items() if school in wanted]
    return Staff(sum(one.full_time for one in here), sum(one.part_time for one in here))


def sharpness_of(published: Accuracy) -> Sharpness | None:
    """The published ranges as shares; None when one of the two was not published."""
    if published.sensitivity is None or published.specificity is None:
        return None
    return Sharpness(_share(published.sensitivity), _share(published.specificity))


def _share(percent: tuple[float, float]) -> Interval:
    return Interval(percent[0] / PERCENT, percent[1] / PERCENT)


def _pupils_by_grade(actor: Actor, campaign: Campaign) -> Counter[int]:
    """Counts only, from the counting functions."""
    if actor.school_id is not None:
        lines = progress_here(actor, campaign)
    else:
        lines = [line for school in progress_in_city(actor, campaign) for line in school.classes]
    found: Counter[int] = Counter()
    for line in lines:
        found[line.school_class.grade] += line.progress.invited
    return found


def _cuts(asked: CampaignInstrument, grades: Counter[int]) -> list[Cut]:
    pupils = sum(grades[grade] for grade in range(asked.grade_from, asked.grade_to + 1))
    return _rules(asked.instrument, asked.version, pupils)


def _rules(code: str, version: str, pupils: int) -> list[Cut]:
    one = instruments.instrument(code, version)
    return [
        Cut(
            key=f"{code}:{rule.id}",
            instrument=code,
            rule=rule.id,
            title=one.title.zh,
            rule_title=rule.title.zh,
            rule_source=rule.evidence.text,
            rule_source_read=rule.evidence.read,
            accuracy=tuple(given for given in one.accuracy if given.screen == rule.id),
            pupils=pupils,
        )
        for rule in one.screens
    ]
