"""What the pupil's page may know: title, lead-in, item texts and options, and nothing else.

Keys, scales, cut-offs, concerns and the mark of a critical item never leave the server: a page that knew them
would tell a pupil which answer raises an alarm. Gated items are simply absent; `i` keeps their place.
"""

from typing import Any

from qingyan.instruments.rules.schema import Instrument
from qingyan.instruments.rules.scoring import gated
from qingyan.instruments.rules.vocabulary import Language
from qingyan.instruments.rules.wordings import Wording, item_text, option_labels


def presentation(
    instrument: Instrument, *, age: int | None, language: Language = "zh", words: Wording | None = None
) -> dict[str, Any]:
    """JSON-ready: {code, version, language, title, lead_in, items: [{i, text, options: [{v, label}]}]}.

    `i` is the item's index in the answer sheet (0-based, with holes where an item is kept from this age).
    An unknown age counts as the youngest the instrument is for. `words` are those an organisation brought.
    Raises WordingMissing where the file ships no text and none was brought. A new dict each time.
    """
    hidden = gated(instrument, age)
    items = [
        {
            "i": index,
            "text": item_text(item, words, language),
            "options": [
                {"v": value, "label": label}
                for value, label in option_labels(instrument, item, words, language).items()
            ],
        }
        for index, item in enumerate(instrument.items)
        if index not in hidden
    ]
    return {
        "code": instrument.code,
        "version": instrument.version,
        "language": language,
        "title": instrument.public_title.in_language(language),
        "lead_in": (words.lead_in if words else "") or instrument.lead_in.in_language(language),
        "items": items,
    }
