"""Save and hand in through Django's own connection: what the lean endpoint does, for the demo, commands and tests."""

from datetime import datetime

from django.db import connection

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.screening.actions import handing_in, saving
from qingyan.screening.actions.writing import facts_of, writer_of
from qingyan.screening.contracts import Answer, HandIn, Receipt, Saved
from qingyan.screening.policy import TAKE_TEST


def save(*, answer: Answer, by: Actor, now: datetime) -> Saved:
    """Store one answer of the pupil's own sheet, in the open transaction. Raises Refused."""
    require(by, TAKE_TEST)
    writer = writer_of(by)
    with connection.cursor() as cursor:
        return saving.store(cursor, answer, facts_of(cursor, answer.sheet, writer), writer, now=now)


def finish(*, handed: HandIn, by: Actor, now: datetime) -> Receipt:
    """Hand in and score the pupil's own sheet, in the open transaction. Raises Refused (Disputed: do commit)."""
    require(by, TAKE_TEST)
    writer = writer_of(by)
    with connection.cursor() as cursor:
        return handing_in.hand_in(cursor, handed, facts_of(cursor, handed.sheet, writer), writer, now=now)
