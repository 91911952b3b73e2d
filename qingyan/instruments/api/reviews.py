"""The door to what the city decided about instruments. Beside __init__.py because it lies in the database."""

from qingyan.instruments.models import ItemSignature, ReviewDecision
from qingyan.instruments.policy import READ_REVIEWS
from qingyan.instruments.queries.reviews import grades_open, review_refusal, waiting_count
from qingyan.instruments.rules.hazards import hazardous_items
from qingyan.instruments.rules.review import Look, Verdict

__all__ = [
    "READ_REVIEWS",
    "ItemSignature",
    "Look",
    "ReviewDecision",
    "Verdict",
    "grades_open",
    "hazardous_items",
    "review_refusal",
    "waiting_count",
]
