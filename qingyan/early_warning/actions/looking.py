"""A named person has looked at how the trial went for each group of pupils."""

from datetime import datetime

from qingyan.early_warning.models import GroupsRead
from qingyan.early_warning.policy import SWITCH
from qingyan.early_warning.queries import trials
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed


def look_at_groups(*, city_id: int, by: Actor, now: datetime) -> GroupsRead:
    """The look that switching on needs. Raises NotVisible, and NotAllowed while there is no table to look at."""
    row = GroupsRead(city_id=city_id, read_at=now)
    require(by, SWITCH, row)
    if by.id is None:
        raise NotVisible(SWITCH.code)
    standing = trials.standing(city_id, by.id, now)
    if standing is None or not (standing.trial.figures or {}).get("groups"):
        raise NotAllowed("order: there is no table of groups yet")
    row.step, row.read_by_id = standing.step.number, by.id
    row.save(force_insert=True)
    detail = {"step": row.step}
    record(
        by=by, action="early_warning.read_groups", subject_kind="groups_read", subject_id=row.id, now=now, detail=detail
    )
    return row
