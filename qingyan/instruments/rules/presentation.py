"""What the pupil's page may know: title, lead-in, item texts and options, and nothing else.

Keys, scales, cut-offs, concerns and the mark of a critical item never leave the server: a page that knew them
would tell a pupil which answer raises an alarm. Gated items are simply absent; `i` keeps their place.
"""

from typing import Any

from qingyan.instruments.rules.schema import Instrument, Language
from qingyan.instruments.rules.scoring import gated


def presentation(instrument: Instrument, *, age: int | None, language: Language = "zh") -> dict[str, Any]:
    """JSON-ready: {code, version, language, title, lead_in, items: [{i, text, options: [{v, label}]}]}.

    `i` is the item's index in the answer sheet (0-based, with holes where an item is kept from this age).
    An unknown age counts as the youngest the instrument is for. A new dict each time.
    """
    hidden = gated(instrument, age)
    items = [
        {
            "i": index,
            "text": item.text.in_language(language),
            "options": [
                {"v": option.value, "label": option.label.in_language(language)}
                for option in instrument.options_of(item)
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
        "lead_in": instrument.lead_in.in_language(language),
        "items": items,
    }
