"""The tables of instruments: words that were brought, what the city decided. Definitions are files (library/)."""

from qingyan.instruments.models.review import ItemSignature, ReviewDecision
from qingyan.instruments.models.wording import BroughtWording

__all__ = ["BroughtWording", "ItemSignature", "ReviewDecision"]
