"""A trail of three chains to look at and to tamper with."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from qingyan.foundation.access.actor import Actor, Kind, Post
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record

START = datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC)
PUPIL = UUID(int=77)


def counsellor(school_id: int) -> Actor:
    """A counsellor standing at a school."""
    posts = (Post(Role.COUNSELLOR, school_id=school_id), Post(Role.SCHOOL_ADMIN, school_id=school_id))
    return Actor(Kind.STAFF, uuid4(), "林若溪", posts, school_id, purpose="随访", request_id="r-1")


@pytest.fixture
def trail(committed_db):
    """Sixty entries: twenty in each of the chains 0, 1 and 2."""
    with transaction.atomic():
        for number, chain in product(range(20), (0, 1, 2)):
            by = counsellor(chain or 9)
            with entered(by):
                record(
                    by=by,
                    action="file.read" if number % 2 else "alert.acknowledged",
                    subject_kind="student",
                    subject_id=PUPIL if number % 3 else uuid4(),
                    student_id=PUPIL if number % 3 else None,
                    detail={"number": number, "why": "家长来电：😀", "ids": [number, "a"]},
                    now=START + timedelta(seconds=number),
                    chain=chain,
                )
