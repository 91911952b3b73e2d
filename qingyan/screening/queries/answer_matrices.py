"""The answers of a round at one school as matrices, for sums in memory: no sheet is named, no pupil, no order kept.

Who may do that is decided by the scope (gates "answers" and "results"). Left out: sheets that were set aside,
repetitions, and sheets with another number of answers than the instrument has items.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection
from psycopg import Cursor

from qingyan.foundation.access.actor import Actor
from qingyan.instruments import api as instruments
from qingyan.screening.queries.stored_scores import matrix
from qingyan.screening.workflow import SET_ASIDE

KINDS = """
SELECT DISTINCT instrument, version FROM screening_result
WHERE school_id = %(school)s AND campaign_id = %(round)s ORDER BY 1, 2
"""
ANSWERS = """
SELECT count(*), string_agg(array_send(array_replace(a.answers, NULL, -1::smallint)), '')
FROM screening_result r JOIN screening_sitting s ON s.id = r.sitting_id
  JOIN screening_answersheet a ON a.sitting_id = r.sitting_id
WHERE r.school_id = %(school)s AND r.campaign_id = %(round)s AND r.instrument = %(code)s AND r.version = %(version)s
  AND s.again_of_id IS NULL AND s.state <> %(aside)s AND cardinality(a.answers) = %(items)s
"""


def answer_matrices(actor: Actor, campaign_id: UUID) -> Iterator[tuple[str, str, npt.NDArray[np.int8]]]:
    """Instrument, version, and sheets x items with -1 for what was not answered, in no order that means anything.

    A transaction must be open.
    """
    wanted: dict[str, Any] = {"school": actor.school_id, "round": campaign_id, "aside": SET_ASIDE}
    connection.ensure_connection()
    psycopg: Any = connection.connection
    for code, version in psycopg.execute(KINDS, wanted).fetchall():
        items = len(instruments.plan(code, version).items)
        cursor = Cursor(psycopg)  # Django gives cursors that know no binary results
        cursor.execute(ANSWERS, wanted | {"code": code, "version": version, "items": items}, binary=True)
        sheets, raw = cursor.fetchone() or (0, b"")
        if sheets:
            yield code, version, matrix(raw, sheets, items)
