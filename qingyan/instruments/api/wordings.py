"""The door to words that were brought. Beside __init__.py because these lie in the database."""

from qingyan.instruments.actions.bringing import NewWording, Unmarked, bring, confirm_marks
from qingyan.instruments.models import BroughtWording
from qingyan.instruments.queries.wordings import CONCERNS, Usable, concerns_of, usable_for, words_of

__all__ = [
    "CONCERNS",
    "BroughtWording",
    "NewWording",
    "Unmarked",
    "Usable",
    "bring",
    "concerns_of",
    "confirm_marks",
    "usable_for",
    "words_of",
]
