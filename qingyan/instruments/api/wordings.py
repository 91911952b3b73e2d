"""The door to words that were brought. Beside __init__.py because these lie in the database."""

from qingyan.instruments.actions.bringing import NewWording, Unmarked, bring
from qingyan.instruments.models import BroughtWording
from qingyan.instruments.queries.wordings import usable_for, words_of

__all__ = ["BroughtWording", "NewWording", "Unmarked", "bring", "usable_for", "words_of"]
