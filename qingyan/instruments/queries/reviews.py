"""Where each released version stands in a city's review. Two statements for the whole library, whatever is asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed
from qingyan.instruments.contracts import Plan, ReviewRefusal
from qingyan.instruments.models import ItemSignature, ReviewDecision
from qingyan.instruments.policy import READ_REVIEWS
from qingyan.instruments.queries import library
from qingyan.instruments.rules.hazards import hazardous_items
from qingyan.instruments.rules.review import Ruled, Signed, Verdict, newest, open_grades, refusal

NOT_REVIEWED = "not_reviewed"
Key = tuple[str, str]
Row = TypeVar("Row", ReviewDecision, ItemSignature)


@dataclass(frozen=True)
class Standing:
    """One version in one city: decisions and signatures, the newest first, and what follows from them."""

    plan: Plan
    decisions: tuple[ReviewDecision, ...] = ()
    signatures: tuple[ItemSignature, ...] = ()

    @property
    def decision(self) -> ReviewDecision | None:
        """The one that counts; None before the first, and when it was about another file."""
        first = self.decisions[0] if self.decisions else None
        return first if first and first.digest == self.plan.digest else None

    @property
    def state(self) -> str:
        """A verdict, or not_reviewed."""
        return self.decision.verdict if self.decision else NOT_REVIEWED

    @property
    def signed(self) -> dict[str, Signed]:
        """The signature that counts, by item."""
        return newest(map(_signed, self.signatures))

    @property
    def unsigned(self) -> int:
        """How many sensitive items wait for a signature."""
        signed = self.signed
        items = hazardous_items(self.plan.instrument)
        return sum(one.id not in signed or signed[one.id].digest != self.plan.digest for one in items)

    @property
    def grades(self) -> list[int]:
        """The grades in which it may be asked now."""
        return open_grades(self.plan.instrument, self.plan.digest, self._ruled, self.signed)

    def refusal(self, grades: range) -> ReviewRefusal | None:
        """Why these grades may not be asked it, or None."""
        return refusal(self.plan.instrument, self.plan.digest, self._ruled, self.signed, grades)

    @property
    def _ruled(self) -> Ruled | None:
        return ruled(self.decisions[0]) if self.decisions else None


def standings(city_id: int | None) -> list[Standing]:
    """Every released version, by code and version. None: no city yet, so nothing is reviewed."""
    decisions = _grouped(ReviewDecision.objects.filter(city_id=city_id).select_related("decided_by"))
    signatures = _grouped(ItemSignature.objects.filter(city_id=city_id).select_related("signed_by"))
    return [
        Standing(plan, tuple(decisions[plan.code, plan.version]), tuple(signatures[plan.code, plan.version]))
        for plan in library.released_plans()
    ]


def standing_of(city_id: int | None, code: str, version: str) -> Standing:
    """One version. Raises InstrumentNotReleased."""
    plan = library.load_plan(code, version)
    of = {"city_id": city_id, "instrument": code, "instrument_version": version}
    return Standing(
        plan,
        tuple(ReviewDecision.objects.filter(**of).select_related("decided_by")),
        tuple(ItemSignature.objects.filter(**of).select_related("signed_by")),
    )


def grades_open(city_id: int | None) -> dict[Key, frozenset[int]]:
    """The grades in which each version may be asked now, by code and version."""
    return {(one.plan.code, one.plan.version): frozenset(one.grades) for one in standings(city_id)}


def review_refusal(city_id: int | None, code: str, version: str, grades: range) -> ReviewRefusal | None:
    """Why these grades may not be asked this version in the city, or None. Raises InstrumentNotReleased."""
    return standing_of(city_id, code, version).refusal(grades)


def waiting_count(actor: Actor) -> int:
    """How many newest versions nobody has reviewed; 0 for whoever does not review."""
    if not allowed(actor, READ_REVIEWS):
        return 0
    reviewed = set(ReviewDecision.objects.values_list("instrument", "instrument_version").distinct())
    return sum(one.latest and (one.code, one.version) not in reviewed for one in library.summaries())


def ruled(row: ReviewDecision) -> Ruled:
    """A decision as the rules take it."""
    grades = range(row.grade_from, row.grade_to + 1)
    return Ruled(Verdict(row.verdict), grades, row.decided_by_id, row.decided_at, row.digest)


def _signed(row: ItemSignature) -> Signed:
    return Signed(row.item, row.lowest_grade, row.signed_by_id, row.signed_at, row.digest)


def _grouped(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.instrument, row.instrument_version].append(row)
    return found
