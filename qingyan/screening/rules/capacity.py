"""What a round will ask of the counsellors: interviews, hours, the share of true ones, the missed. Pure.

Shares are 0…1, never percent. Every figure is an interval (low, high): the range of the published figures, or Wilson's
interval of a counted share; a share that somebody typed has no interval of its own and stands twice.

Formulas (Bayes): positive = sens p + (1 - spec)(1 - p); ppv = sens p / positive, p being the share of cases. Two stages
one after the other: the second meets ppv of the first as its share of cases, which holds only if both questionnaires
err independently of each other among the cases and among the others. Real scales err together, so the gain is an upper
bound; the page says so.
"""

from dataclasses import dataclass
from math import sqrt

MINUTES_OF_AN_HOUR = 60
FULL_TIME = 1.0
PART_TIME = 0.5
CERTAINTY = 1.96  # both sides of 95 %
FEWEST = 30  # a share of fewer sheets is no basis for a plan


@dataclass(frozen=True)
class Interval:
    """Low and high, low first."""

    low: float
    high: float

    def times(self, factor: float) -> "Interval":
        """Both ends multiplied; the factor is not negative."""
        return Interval(self.low * factor, self.high * factor)


@dataclass(frozen=True)
class Sharpness:
    """How often a rule is right: of the cases, and of those who are none."""

    sensitivity: Interval
    specificity: Interval


@dataclass(frozen=True)
class Stage:
    """What one rule leaves: the share of those asked who are positive, the share of these who are cases, the missed.

    `missed` is a share of the cases. None where no accuracy was published.
    """

    positive: Interval
    ppv: Interval | None
    missed: Interval | None


@dataclass(frozen=True)
class Load:
    """What a stage asks of the counsellors. Persons, interviews for each counsellor, hours for each counsellor."""

    interviews: Interval
    each: Interval | None
    hours: Interval | None


def stage_of(sharpness: Sharpness, cases: Interval) -> Stage:
    """The stage by a published accuracy at this share of cases."""
    sens, spec = sharpness.sensitivity, sharpness.specificity
    return Stage(
        positive=Interval(_positive(sens.low, spec.high, cases.low), _positive(sens.high, spec.low, cases.high)),
        ppv=Interval(_ppv(sens.low, spec.low, cases.low), _ppv(sens.high, spec.high, cases.high)),
        missed=Interval(1 - sens.high, 1 - sens.low),
    )


def stage_with_share(positive: Interval) -> Stage:
    """The stage by a counted or an assumed share of positives. Says nothing about how many are true."""
    return Stage(positive, None, None)


def then(first: Stage, second: Sharpness) -> Stage | None:
    """Both stages one after the other, as shares of all pupils; None when the first says nothing about true ones."""
    if first.ppv is None or first.missed is None:
        return None
    next_ = stage_of(second, first.ppv)
    missed_again = next_.missed or Interval(0, 0)
    return Stage(
        positive=Interval(first.positive.low * next_.positive.low, first.positive.high * next_.positive.high),
        ppv=next_.ppv,
        missed=Interval(_missed(first.missed.low, missed_again.low), _missed(first.missed.high, missed_again.high)),
    )


def load(*, pupils: int, positive: Interval, staff: float, minutes: int) -> Load:
    """Interviews of all positives. `staff` in full posts, `minutes` for one interview; no staff: no hours each."""
    interviews = positive.times(pupils)
    if staff <= 0:
        return Load(interviews, None, None)
    each = interviews.times(1 / staff)
    return Load(interviews, each, each.times(minutes / MINUTES_OF_AN_HOUR))


def full_posts(*, full_time: int, part_time: int) -> float:
    """Counsellors as full posts."""
    return full_time * FULL_TIME + part_time * PART_TIME


def wilson(positives: int, asked: int) -> Interval:
    """95 % interval of a counted share (Wilson 1927). Raises ValueError for less than FEWEST asked."""
    if asked < FEWEST:
        raise ValueError(f"a share of {asked} is no basis")
    share, z2 = positives / asked, CERTAINTY**2
    middle = (share + z2 / (2 * asked)) / (1 + z2 / asked)
    half = CERTAINTY * sqrt(share * (1 - share) / asked + z2 / (4 * asked**2)) / (1 + z2 / asked)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def _positive(sens: float, spec: float, cases: float) -> float:
    return sens * cases + (1 - spec) * (1 - cases)


def _ppv(sens: float, spec: float, cases: float) -> float:
    positive = _positive(sens, spec, cases)
    return sens * cases / positive if positive else 0.0


def _missed(first: float, second: float) -> float:
    return 1 - (1 - first) * (1 - second)
