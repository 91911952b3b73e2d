"""The tables of concerns, one file per noun; imported here because Django looks for models in this package."""

from qingyan.concerns.models.door import HelpNote, Knock
from qingyan.concerns.models.message import BullyingMessage, ConcernMessage
from qingyan.concerns.models.report import BullyingReport, Concern

__all__ = ["BullyingMessage", "BullyingReport", "Concern", "ConcernMessage", "HelpNote", "Knock"]
