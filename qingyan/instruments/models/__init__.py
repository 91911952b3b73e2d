"""The tables of instruments: words that were brought, who read their marks, what the city decided. Files: library/."""

from qingyan.instruments.models.local_norm import LocalNorm, LocalNormCell
from qingyan.instruments.models.review import ItemSignature, ReviewDecision
from qingyan.instruments.models.wording import BroughtWording, MarkCheck

__all__ = ["BroughtWording", "ItemSignature", "LocalNorm", "LocalNormCell", "MarkCheck", "ReviewDecision"]
