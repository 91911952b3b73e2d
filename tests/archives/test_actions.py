"""Opening a file: only the own school's counsellor, and never without a line in the trail."""

from uuid import uuid4

import pytest
from django.utils import timezone

from qingyan.archives.actions import open_file
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.setting import counsellor


def looks(cast) -> int:
    with entered(cast.platform()):
        return AuditEntry.objects.filter(action="file.read").count()


def test_the_counsellor_opens_a_file_and_the_trail_knows(cast):
    by = counsellor(cast)
    with entered(by):
        pupil = open_file(student_id=cast.home.pupil.id, by=by, now=timezone.now())
    assert pupil.name == cast.home.pupil.name
    assert looks(cast) == 1


def test_strangers_colleagues_and_unknown_pupils_get_nothing_and_leave_nothing(cast):
    own = cast.home.pupil.id
    for by, student in (
        (counsellor(cast, cast.other), own),
        (cast.actor(cast.home.homeroom_teacher, cast.home), own),
        (cast.actor(cast.home.principal, cast.home), own),
        (counsellor(cast), uuid4()),
    ):
        with entered(by), pytest.raises(NotVisible):
            open_file(student_id=student, by=by, now=timezone.now())
    assert looks(cast) == 0
