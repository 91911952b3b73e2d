"""Opening a file: permitted, recorded, and only then shown."""

from datetime import datetime
from uuid import UUID

from qingyan.archives.policy import READ_FILE
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.people import api as people
from qingyan.people.contracts import Pupil


def open_file(*, student_id: UUID, by: Actor, now: datetime) -> Pupil:
    """The pupil whose file is opened. The look is recorded in this transaction, before anything is shown.

    Raises NotVisible when the actor may not read files or the pupil is not at the actor's school.
    """
    require(by, READ_FILE)
    pupil = people.pupil(by, student_id)
    if pupil is None:
        raise NotVisible(READ_FILE.code)
    record(by=by, action="file.read", subject_kind="file", subject_id=student_id, student_id=student_id, now=now)
    return pupil


def look_at_list(*, shown: int, by: Actor, now: datetime) -> None:
    """That the list of files was looked at, which tells how much each holds, and how many lines it showed."""
    require(by, READ_FILE)
    record(by=by, action="file.list", subject_kind="files", subject_id="list", now=now, detail={"shown": shown})
