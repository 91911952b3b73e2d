"""The front door of consent: the texts, who agreed to what, and whether something may begin.

`standing` is for the pupil's own pages (both sides); `standings` gives the guardians' side of many and never more.
"""

from qingyan.consent.actions.assenting import say_for_oneself
from qingyan.consent.actions.guardians import pupil_of_code
from qingyan.consent.actions.publishing import publish_text
from qingyan.consent.contracts import NewText, Part, Standing, Status, Text, Why, Word
from qingyan.consent.policy import READ_COVERAGE
from qingyan.consent.queries.purposes import SCREENING, purpose, purposes
from qingyan.consent.queries.standing import standing, standings
from qingyan.consent.queries.texts import text_asked, text_of, texts
from qingyan.consent.rules.standing import status

__all__ = [
    "READ_COVERAGE",
    "SCREENING",
    "NewText",
    "Part",
    "Standing",
    "Status",
    "Text",
    "Why",
    "Word",
    "publish_text",
    "pupil_of_code",
    "purpose",
    "purposes",
    "say_for_oneself",
    "standing",
    "standings",
    "status",
    "text_asked",
    "text_of",
    "texts",
]
