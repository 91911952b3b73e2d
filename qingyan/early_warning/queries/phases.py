"""Which step holds in a city, and how it came to it."""

from django.db import connection

from qingyan.early_warning.models import PhaseStep
from qingyan.early_warning.workflow import OFF, ON, PHASE
from qingyan.foundation.pure.workflow import Step

TURN = 0x0DE7  # key of the advisory lock


def hold_still() -> None:
    """Until this transaction ends nobody else takes a step or orders by one; so a switch-off is never overtaken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def newest(city_id: int) -> PhaseStep | None:
    """The step that holds, or None before the first."""
    return PhaseStep.objects.filter(city_id=city_id).select_related("by").first()


def phase(city_id: int) -> str:
    """The state that holds; OFF before anybody has decided anything."""
    row = newest(city_id)
    return row.target if row else OFF


def ordering_model(city_id: int) -> int | None:
    """The number of the model that orders the queues now; None while none does."""
    row = newest(city_id)
    return row.model if row and row.target == ON else None


def history(city_id: int) -> list[PhaseStep]:
    """The last steps, the newest first, at most thirty."""
    return list(PhaseStep.objects.filter(city_id=city_id).select_related("by")[:30])


def steps_for_people(city_id: int, verbs: frozenset[str]) -> list[Step]:
    """The buttons that stand open now."""
    return [step for step in PHASE.steps_from(phase(city_id)) if step.verb in verbs]
