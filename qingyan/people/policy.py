"""Who may do what with pupils, slips, the roster and posts. Read by non-programmers; denied unless written here."""

from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import EVERYTHING, NOTHING, Predicate, holds, holds_anywhere
from qingyan.foundation.access.roles import Role, Sight
from qingyan.people.rules.posts import GRANTED_BY_SCHOOL

MANAGE_SLIPS = Permission("people.manage_slips", "发放、补发和作废登录条")
READ_ROSTER = Permission("people.read_roster", "查看班级人数，下载名册模板")
IMPORT_ROSTER = Permission("people.import_roster", "导入名册")
EXPORT_ROSTER = Permission("people.export_roster", "导出本校名册给别的系统（OneRoster，不含任何心理资料）")
MANAGE_FILES = Permission("people.manage_files", "办理升级、休学、复学、离校、毕业、转学和合并档案")
COUNT_FILES = Permission("people.count_files", "查看本校档案的数量（按状态）")
COUNT_ALL_FILES = Permission("people.count_all_files", "查看全市（或本区）档案的数量（按状态，不含姓名）")
MANAGE_STAFF = Permission("people.manage_staff", "管理全市教职工的账号和任职")
MANAGE_SCHOOL_STAFF = Permission(
    "people.manage_school_staff", "管理本校教职工的账号和班主任、年级组长、主试、校领导任职"
)


def _is_platform(actor: Actor, row: object) -> bool:
    if actor.kind is not Kind.SYSTEM or Sight.ROSTER not in actor.extra_sight:
        return False
    return row is None or getattr(row, "school_id", actor.school_id) == actor.school_id


platform_with_roster = Predicate(
    "is a job or command of the platform with sight of the roster",
    _is_platform,
    lambda actor: Q(school_id=actor.school_id) if _is_platform(actor, None) else NOTHING,
)


def _prints_slips(actor: Actor, row: object) -> bool:
    if actor.kind is not Kind.SYSTEM or Sight.SLIPS not in actor.extra_sight:
        return False
    return row is None or getattr(row, "school_id", actor.school_id) == actor.school_id


job_with_slips = Predicate(
    "is a job of the platform with sight of slips",
    _prints_slips,
    lambda actor: Q(school_id=actor.school_id) if _prints_slips(actor, None) else NOTHING,
)


def _grants_here(actor: Actor, row: Any) -> bool:
    if Role.SCHOOL_ADMIN not in actor.roles_here:
        return False
    return row is None or (row.school_id == actor.school_id and row.role in GRANTED_BY_SCHOOL)


grants_here = Predicate(
    "administers the school and the post is one that a school grants",
    _grants_here,
    lambda actor: Q(school_id=actor.school_id, role__in=GRANTED_BY_SCHOOL) if _grants_here(actor, None) else NOTHING,
)

platform_command = Predicate(
    "is a command of the platform outside any school",
    lambda actor, row: actor.kind is Kind.SYSTEM and actor.school_id is None,
    lambda actor: EVERYTHING if actor.kind is Kind.SYSTEM and actor.school_id is None else NOTHING,
)

POLICY = register(
    {
        READ_ROSTER: [[holds(Role.SCHOOL_ADMIN, Role.COUNSELLOR)]],
        IMPORT_ROSTER: [[holds(Role.SCHOOL_ADMIN)], [platform_with_roster]],
        EXPORT_ROSTER: [[holds(Role.SCHOOL_ADMIN)], [platform_with_roster]],
        MANAGE_FILES: [[holds(Role.SCHOOL_ADMIN)], [platform_with_roster]],
        COUNT_FILES: [[holds(Role.SCHOOL_ADMIN, Role.COUNSELLOR)]],
        COUNT_ALL_FILES: [[holds_anywhere(Role.CITY_OFFICER, Role.DISTRICT_LEAD)]],
        MANAGE_STAFF: [[holds_anywhere(Role.SECURITY_ADMIN)], [platform_command]],
        MANAGE_SCHOOL_STAFF: [[grants_here]],
        MANAGE_SLIPS: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN)], [job_with_slips]],
    }
)
