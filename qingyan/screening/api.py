"""The front door of screening: sittings, raw answers, open rounds for the domains above. It writes by events."""

from qingyan.screening.queries.presented import brought_words
from qingyan.screening.queries.reading import answers_of, open_campaigns, sheets_saved_since, sitting
from qingyan.screening.queries.registrations import registrations_waiting

__all__ = [
    "answers_of",
    "brought_words",
    "open_campaigns",
    "registrations_waiting",
    "sheets_saved_since",
    "sitting",
]
