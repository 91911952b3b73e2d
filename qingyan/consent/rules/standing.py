"""May it begin? From a purpose, an age and what was said last, to a standing. Pure: no clock, no database.

An unknown age is the strictest one: the guardian must agree and the pupil is asked too.
A yes runs out (Purpose.lasts_months) and ends with a newer text that asks anew; a no does neither.
"""

from datetime import date, datetime

from qingyan.consent.rules.purposes import Purpose
from qingyan.consent.rules.words import Part, Said, Standing, Status, Why, Word

NO = (Part.REFUSED, Part.WITHDRAWN)
LAST_DAY_OF_ALL_MONTHS = 28


def standing(
    purpose: Purpose, *, age: int | None, guardian: Said | None, own: Said | None, on: date, since: datetime | None
) -> Standing:
    """What stands on this day. `since`: when the newest text was published that asks everybody anew."""
    guardians = guardian_part(purpose, age=age, said=guardian, on=on, since=since)
    needs_own = age is None or age >= purpose.own.from_age
    owns = _part(purpose, own, on=on, since=since) if needs_own else Part.NOT_NEEDED
    return Standing(guardians, owns, needs_own, _why(guardians, owns))


def guardian_part(purpose: Purpose, *, age: int | None, said: Said | None, on: date, since: datetime | None) -> Part:
    """The guardian's side alone."""
    part = _part(purpose, said, on=on, since=since)
    needed = age is None or age < purpose.guardian.needed_below
    if needed or (part in NO and purpose.guardian.no_counts) or part is Part.GIVEN:
        return part
    return Part.NOT_NEEDED


def status(part: Part) -> Status:
    """What a teacher may read of the guardian's side."""
    return {Part.GIVEN: Status.GIVEN, Part.MISSING: Status.MISSING}.get(part, Status.NOT_NEEDED)


def _part(purpose: Purpose, said: Said | None, *, on: date, since: datetime | None) -> Part:
    if said is None or said.word is Word.NOT_NOW:
        return Part.MISSING
    if said.word is Word.REFUSED:
        return Part.REFUSED
    if said.word is Word.WITHDRAWN:
        return Part.WITHDRAWN
    too_old = since is not None and (said.text_published is None or said.text_published < since)
    return Part.MISSING if too_old or on >= months_after(said.on, purpose.lasts_months) else Part.GIVEN


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the 28th where that month may be shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, LAST_DAY_OF_ALL_MONTHS))


def _why(guardian: Part, own: Part) -> Why:
    if guardian in NO:
        return Why.GUARDIAN_SAID_NO
    if guardian is Part.MISSING:
        return Why.GUARDIAN_MISSING
    return Why.NOTHING if own in (Part.GIVEN, Part.NOT_NEEDED) else Why.OWN_MISSING
