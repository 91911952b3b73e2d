"""The words of an instrument as an organisation holds them: texts by item id, labels by answer set and value.

Keys, scales and cut-offs stay the file's, so no wording can change a score. Pure; storing is in actions/.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qingyan.instruments.rules.schema import Instrument, Item
from qingyan.instruments.rules.vocabulary import Language


class WordingMissing(LookupError):
    """The file ships no text and no wording was brought: nobody can be asked."""


@dataclass(frozen=True)
class Wording:
    """Texts in one language. `labels[item id][value]` only where the wording names its own answers."""

    texts: Mapping[str, str]
    labels: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    lead_in: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain data in a fixed order, as it is stored and hashed; values of labels become strings."""
        labels = {item: {str(v): words for v, words in sorted(of.items())} for item, of in sorted(self.labels.items())}
        return {"lead_in": self.lead_in, "texts": dict(sorted(self.texts.items())), "labels": labels}

    @property
    def digest(self) -> str:
        """sha-256 of the words, hex: the same words have the same digest wherever they were imported."""
        plain = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()


def from_json(stored: Mapping[str, Any]) -> Wording:
    """The wording that `as_json` gave."""
    labels = {item: {int(value): words for value, words in of.items()} for item, of in stored["labels"].items()}
    return Wording(dict(stored["texts"]), labels, stored.get("lead_in", ""))


def item_text(item: Item, words: Wording | None, language: Language) -> str:
    """What the item asks, in the brought words if there are any. Raises WordingMissing."""
    if words is not None and item.id in words.texts:
        return words.texts[item.id]
    if item.text is None:
        raise WordingMissing(item.id)
    return item.text.in_language(language)


def option_labels(instrument: Instrument, item: Item, words: Wording | None, language: Language) -> dict[int, str]:
    """Label of each answer by its value, in the order shown. Raises WordingMissing."""
    brought = words.labels.get(item.id, {}) if words else {}
    labels = {}
    for option in instrument.options_of(item):
        if option.value in brought:
            labels[option.value] = brought[option.value]
        elif option.label is None:
            raise WordingMissing(f"{item.id}={option.value}")
        else:
            labels[option.value] = option.label.in_language(language)
    return labels
