"""Building the cube at once, for the command line."""

import time
from typing import Any

from qingyan.insight.actions.counting import count_rounds, count_terms
from qingyan.insight.jobs import build as build_cube
from qingyan.insight.models import ReleasedTable


def build() -> dict[str, Any]:
    """Counts made, current tables, seconds."""
    began = time.monotonic()
    counted = build_cube(count_rounds, count_terms)
    tables = ReleasedTable.objects.filter(current=True).count()
    return {"counted": counted, "tables": tables, "seconds": round(time.monotonic() - began, 2)}
