"""Who may do what with pupils, slips and the roster. Read by people who do not program; denied unless written here."""

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import NOTHING, Predicate, holds
from qingyan.foundation.access.roles import Role, Sight

MANAGE_SLIPS = Permission("people.manage_slips", "发放、补发和作废登录条")
READ_ROSTER = Permission("people.read_roster", "查看班级人数，下载名册模板")
IMPORT_ROSTER = Permission("people.import_roster", "导入名册")


def _is_platform(actor: Actor, row: object) -> bool:
    if actor.kind is not Kind.SYSTEM or Sight.ROSTER not in actor.extra_sight:
        return False
    return row is None or getattr(row, "school_id", actor.school_id) == actor.school_id


platform_with_roster = Predicate(
    "is a job or command of the platform with sight of the roster",
    _is_platform,
    lambda actor: Q(school_id=actor.school_id) if _is_platform(actor, None) else NOTHING,
)

POLICY = register(
    {
        READ_ROSTER: [[holds(Role.SCHOOL_ADMIN, Role.COUNSELLOR)]],
        IMPORT_ROSTER: [[holds(Role.SCHOOL_ADMIN)], [platform_with_roster]],
        MANAGE_SLIPS: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN)]],
    }
)
