"""The front door of screening: sittings, raw answers, open rounds for the domains above. It writes by events."""

from qingyan.screening.queries.presented import brought_words
from qingyan.screening.queries.reading import answers_of, open_campaigns, sheets_saved_since, sitting

__all__ = ["answers_of", "brought_words", "open_campaigns", "sheets_saved_since", "sitting"]
