"""Names of what tables are about: rounds, terms, instruments, scales. No pupil's data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from qingyan.insight.contracts import Occasion
from qingyan.insight.rules.cells import base_of
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.organisations import api as organisations
from qingyan.screening import api as screening


@dataclass(frozen=True)
class Named:
    """An occasion in words, and when it began."""

    label: str
    began: datetime


def named(occasions: Iterable[Occasion]) -> dict[Occasion, Named]:
    """Rounds and terms by name, in two queries."""
    known = set(occasions)
    rounds = screening.round_names([one.round for one in known if one.round])
    terms = {term.id: term for term in organisations.terms()} if any(one.term for one in known) else {}
    found = {}
    for one in known:
        if one.round in rounds:
            found[one] = Named(rounds[one.round].title, rounds[one.round].opens_at)
        elif one.term in terms:
            began = datetime.combine(terms[one.term].starts_on, datetime.min.time())
            found[one] = Named(str(terms[one.term]), timezone.make_aware(began))
    return found


def instrument_title(part: str) -> str:
    """The title of the instrument of a part; its code where it is no longer in the library."""
    try:
        return _word(instruments.instrument(base_of(part)).title)
    except InstrumentNotReleased:
        return base_of(part)


def scale_title(part: str) -> str:
    """The title of the scale of "instrument:scale"."""
    scale = _scale(part)
    return _word(scale.title) if scale else part.partition(":")[2]


def level_words(part: str) -> dict[str, str]:
    """The words of the band levels of a scale, in the order of the file."""
    scale = _scale(part)
    return {band.level: _word(band.words) for band in scale.bands} if scale else {}


def _scale(part: str):
    code, _colon, name = part.partition(":")
    try:
        return next((scale for scale in instruments.instrument(code).scales if scale.id == name), None)
    except InstrumentNotReleased:
        return None


def _word(words) -> str:
    return words.zh if (get_language() or "zh").startswith("zh") else words.en
