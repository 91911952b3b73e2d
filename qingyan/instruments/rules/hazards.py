"""Items whose words speak of suicide or self-harm: pointed out, marked with their concern, read by two. Pure.

The list is ours and short: it finds plain words, not hints ("everything would be easier without me"). Reading every
item stays the importer's duty, and the page says so.
"""

from collections.abc import Mapping, Sequence

from qingyan.instruments.rules.schema import Instrument, Item
from qingyan.instruments.rules.vocabulary import Concern
from qingyan.instruments.rules.wordings import Wording

HAZARDS = (
    *("自杀", "自尽", "轻生", "寻死", "想死", "去死", "死了", "死掉", "死去", "死亡", "不想活", "不如死", "活着没"),
    *("活不下去", "结束生命", "结束自己", "了结", "自伤", "自残", "自我伤害", "伤害自己", "割腕", "割伤"),
    *("suicid", "self-harm", "self harm", "kill myself", "killing myself", "hurt myself", "harm myself", "end my life"),
    *("ending my life", "better off dead", "want to die", "wish i was dead", "wish i were dead", "cut myself"),
    *("not worth living", "hurting yourself", "killing yourself", "harming yourself"),
)
HOLDS_SUCH_ITEMS = frozenset({"mht"})  # known to ask about wanting to die; the file does not know which items
READ_BY_TWO = frozenset({"mht", "mmhi-60"})  # whatever was marked, for nobody has read their items for us
OWN_LIFE = frozenset({Concern.SUICIDAL_THOUGHT, Concern.SUICIDE_ATTEMPT, Concern.SELF_HARM})
ASKED_FROM = 13  # years; as items of the library's own files that ask about the own life are gated
OF_THE_OWN_LIFE = frozenset(
    {
        Concern.SUICIDAL_THOUGHT,
        Concern.SUICIDE_ATTEMPT,
        Concern.SELF_HARM,
        Concern.THOUGHT_OF_DEATH,
        Concern.LIFE_WORTH,
    }
)


def hazardous_items(instrument: Instrument) -> list[Item]:
    """The items that somebody must answer for: marked critical, about the own life or death, or worded so."""
    return [
        item
        for item in instrument.items
        if item.critical
        or item.concern in OF_THE_OWN_LIFE
        or (item.text is not None and speaks_of_it(f"{item.text.zh} {item.text.en}"))
    ]


def speaks_of_it(text: str) -> bool:
    """Whether one of the plain words stands in it."""
    return any(word in text.lower() for word in HAZARDS)


def unmarked_hazards(instrument: Instrument, words: Wording) -> list[str]:
    """Ids of items with such words, in the file's order, that the file does not mark critical."""
    return [item.id for item in instrument.items if not item.critical and speaks_of_it(words.texts.get(item.id, ""))]


def why_unusable(
    instrument: Instrument, marks: Sequence[str], concerns: Mapping[str, str], *, confirmed: bool
) -> str | None:
    """Why no round may use these words, or None.

    "marks": marked without saying of what. "marking_missing": such items are known to be there and none is marked.
    "unconfirmed": nobody but the importer has read the marks.
    """
    if set(marks) != set(concerns):
        return "marks"
    known = any(item.critical for item in instrument.items) or bool(OWN_LIFE & set(concerns.values()))
    if instrument.code in HOLDS_SUCH_ITEMS and not known:
        return "marking_missing"
    if (concerns or instrument.code in READ_BY_TWO) and not confirmed:
        return "unconfirmed"
    return None


def youngest(instrument: Instrument, concerns: Mapping[str, str]) -> int:
    """From which age these words may be asked: the file's, or ASKED_FROM where they ask about the own life."""
    lowest = instrument.audience.ages[0]
    return max(lowest, ASKED_FROM) if OWN_LIFE & set(concerns.values()) else lowest
