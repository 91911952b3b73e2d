"""What a referral carries, on which ground it may go, and when it is chased: the shape of its file. Pure.

The minimum set is built here and nowhere else: what this function does not name cannot leave the school.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field

from qingyan.cases.rules.mandatory import Source
from qingyan.cases.rules.pack import Code, Id, Strict, Text, Version

HOSPITAL, STATION = "hospital", "station"
CONSENT: Final = "consent"
NO_CONSENT, NOT_A_CRISIS, UNKNOWN_GROUND, NO_REASON, NO_RISK = (
    "no_consent",
    "not_a_crisis",
    "unknown_ground",
    "no_reason",
    "no_risk",
)
Days = Annotated[int, Field(ge=1, le=400)]


class Option(Strict):
    """One thing to choose, in words."""

    code: Id
    text: Text


class Risk(Option):
    """One word about risk; an urgent one asks for being seen within a day."""

    urgent: bool


class Ground(Option):
    """A statutory ground that stands in for the guardian's consent in a crisis."""

    source: Source


class ReferralGuide(Strict):
    """The versioned file library/referral."""

    code: Code
    version: Version
    title: Text
    about: Text
    chase_after_days: Annotated[tuple[Days, ...], Field(min_length=1)]
    letter_days: Days
    follow_days: Days
    session_minutes: Annotated[int, Field(ge=5, le=120)]
    consents: Mapping[str, str]
    reasons: Annotated[tuple[Option, ...], Field(min_length=1)]
    risks: Annotated[tuple[Risk, ...], Field(min_length=1)]
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]
    fits: Annotated[tuple[Option, ...], Field(min_length=1)]

    @property
    def name(self) -> str:
        """As referrals keep it: "referral/1.0"."""
        return f"{self.code}/{self.version}"

    def words(self, options: Collection[Option], codes: Collection[str]) -> list[str]:
        """The chosen options in words, in the order of the file."""
        return [one.text for one in options if one.code in codes]


@dataclass(frozen=True)
class MinimumSet:
    """All that a receiver reads before the second code: no name, no number, no class, no school paper."""

    age: int | None
    sex: str
    reasons: tuple[str, ...]
    risks: tuple[str, ...]
    contacts: tuple[str, ...]


def minimum_set(
    guide: ReferralGuide,
    *,
    age: int | None,
    sex: str,
    chosen: Mapping[str, Collection[str]],
    contacts: Collection[str] | None,
) -> MinimumSet:
    """The set from what was chosen. `contacts` None: the guardian did not agree to pass the number on."""
    return MinimumSet(
        age=age,
        sex=sex,
        reasons=tuple(guide.words(guide.reasons, chosen.get("reasons", ()))),
        risks=tuple(guide.words(guide.risks, chosen.get("risks", ()))),
        contacts=tuple(contacts or ()),
    )


def content_faults(guide: ReferralGuide, chosen: Mapping[str, Collection[str]]) -> list[str]:
    """What is missing before there is anything to send: a coarse reason, and a word about risk."""
    faults = []
    if not guide.words(guide.reasons, chosen.get("reasons", ())):
        faults.append(NO_REASON)
    if not guide.words(guide.risks, chosen.get("risks", ())):
        faults.append(NO_RISK)
    return faults


def basis_faults(guide: ReferralGuide, *, basis: str, agreed: bool, crisis: bool) -> list[str]:
    """Why a referral may not go on this basis: the guardian's standing yes, or a ground that holds in a crisis only."""
    if basis == CONSENT:
        return [] if agreed else [NO_CONSENT]
    if basis not in {one.code for one in guide.grounds}:
        return [UNKNOWN_GROUND]
    return [] if crisis else [NOT_A_CRISIS]


def chases(guide: ReferralGuide, *, sent_at: datetime) -> list[tuple[int, datetime]]:
    """On which day after sending the school asks again, and when that is."""
    return [(days, sent_at + timedelta(days=days)) for days in guide.chase_after_days]
