"""The front door of screening: sittings, raw answers, open rounds for the domains above. It writes by events."""

from qingyan.screening.queries.answer_matrices import answer_matrices
from qingyan.screening.queries.presented import brought_words
from qingyan.screening.queries.reading import answers_of, help_asked_since, open_campaigns, sheets_saved_since, sitting
from qingyan.screening.queries.registrations import registrations_waiting
from qingyan.screening.queries.tallies import progress_of_classes, round_names, rounds_here, sheet_tallies
from qingyan.screening.queries.triage import (
    doubtful_sheets,
    listed_candidates,
    observations_of,
    often_seen,
    scored_sheets,
)

__all__ = [
    "answer_matrices",
    "answers_of",
    "brought_words",
    "doubtful_sheets",
    "help_asked_since",
    "listed_candidates",
    "observations_of",
    "often_seen",
    "open_campaigns",
    "progress_of_classes",
    "registrations_waiting",
    "round_names",
    "rounds_here",
    "scored_sheets",
    "sheet_tallies",
    "sheets_saved_since",
    "sitting",
]
