"""The tables of consent, one file per noun; imported here because Django looks for models in this package."""

from qingyan.consent.models.ledger import AssentEntry, ConsentEntry
from qingyan.consent.models.link import GuardianLink, GuardianTry
from qingyan.consent.models.text import ConsentText

__all__ = ["AssentEntry", "ConsentEntry", "ConsentText", "GuardianLink", "GuardianTry"]
