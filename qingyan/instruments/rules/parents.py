"""What parents may read about an instrument before they agree: plain words, length, source, a few of its items. Pure.

Never here: a sensitive item, a key, a cut-off, a name of a diagnosis. A source whose title holds such a name is left to
the school's counsellor to explain. Items are shown only where the file ships words that anybody may read.
"""

import re
from dataclasses import dataclass
from math import ceil
from typing import Final

from qingyan.instruments.rules.hazards import hazardous_items
from qingyan.instruments.rules.schema import Instrument, Item
from qingyan.instruments.rules.vocabulary import Language

SAMPLE: Final = 3
OPEN_LICENCES: Final = frozenset({"free", "public_domain"})
# Our own estimate, no published figure: SCL-90 then takes 12 to 20 minutes, which is what schools report.
SECONDS_AN_ITEM: Final = (8, 13)
TOTALS: Final = re.compile(r"总|题数|效度|平均|total|items|per item|lie scale|mean", re.IGNORECASE)
NAMES_OF_DIAGNOSES: Final = re.compile(
    r"抑郁|焦虑|强迫|偏执|躁狂|躯体化|精神病|神经症|障碍|患者|症"
    r"|depress|anxiet|disorder|diagnos|symptom|\bpatient|psycho|obsess|paranoi|somati",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ForParents:
    """One instrument in words for parents. `minutes` from–to; `sensitive` counts the items that are never shown."""

    code: str
    version: str
    title: str
    about: tuple[str, ...]
    recall: str
    items: int
    minutes: tuple[int, int]
    sensitive: int
    source: str
    licence_status: str
    sample: tuple[str, ...]


def for_parents(instrument: Instrument, language: Language) -> ForParents:
    """The page's words for this instrument."""
    count = len(instrument.items)
    quickest, slowest = (ceil(count * seconds / 60) for seconds in SECONDS_AN_ITEM)
    citation = instrument.source.citation
    return ForParents(
        code=instrument.code,
        version=instrument.version,
        title=instrument.public_title.in_language(language),
        about=_about(instrument, language),
        recall=instrument.audience.recall.words.in_language(language),
        items=count,
        minutes=(quickest, max(slowest, quickest + 1)),
        sensitive=len(hazardous_items(instrument)),
        source="" if NAMES_OF_DIAGNOSES.search(citation) else citation,
        licence_status=instrument.source.licence_status,
        sample=tuple(item.text.in_language(language) for item in _sample(instrument) if item.text),
    )


def _about(instrument: Instrument, language: Language) -> tuple[str, ...]:
    """What the scales are about, each once, without totals and counts."""
    said = [scale.plain.in_language(language) for scale in instrument.scales]
    return tuple(dict.fromkeys(one for one in said if not TOTALS.search(one)))


def _sample(instrument: Instrument) -> list[Item]:
    """The first items that anybody may read; none where the licence is not open or the words are brought."""
    if instrument.source.licence_status not in OPEN_LICENCES or instrument.needs_wording:
        return []
    kept_back = {item.id for item in hazardous_items(instrument)}
    return [one for one in instrument.items if one.id not in kept_back and _harmless(one)][:SAMPLE]


def _harmless(item: Item) -> bool:
    if item.text is None or item.watch or item.concern or item.min_age:
        return False
    return not NAMES_OF_DIAGNOSES.search(f"{item.text.zh} {item.text.en}")
