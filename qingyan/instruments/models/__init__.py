"""The tables of instruments: words that were brought, who read their marks, what the city decided. Files: library/."""

from qingyan.instruments.models.review import ItemSignature, ReviewDecision
from qingyan.instruments.models.wording import BroughtWording, MarkCheck

__all__ = ["BroughtWording", "ItemSignature", "MarkCheck", "ReviewDecision"]
