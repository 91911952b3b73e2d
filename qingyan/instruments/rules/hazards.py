"""Items whose words speak of suicide or self-harm, pointed out so that none enters unmarked. A net with holes. Pure.

The list is ours and short: it finds plain words, not hints ("everything would be easier without me"). Reading every
item stays the importer's duty, and the page says so.
"""

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
MUST_BE_MARKED = frozenset({"mht", "mmhi-60"})  # known to hold such items whose numbers the files do not name
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


def why_unusable(instrument: Instrument, marks: list[str]) -> str | None:
    """Why no round may use these words: "marks" (no alert would see the mark), "marking_missing", or None.

    Alerts read the marks of the file alone, so a mark made at import raises nothing yet: refusing is the safe answer.
    """
    if marks:
        return "marks"
    if instrument.code in MUST_BE_MARKED and not any(item.critical for item in instrument.items):
        return "marking_missing"
    return None
