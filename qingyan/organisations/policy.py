"""Who may do what with places and dates. Read by people who do not program; denied unless written here."""

from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import EVERYTHING, NOTHING, Predicate, holds, holds_anywhere
from qingyan.foundation.access.roles import Role

SEE_CITY = Permission("organisations.see_city", "查看全市（或本区）学校、辅导站和心理教师配备")
KEEP_CALENDAR = Permission("organisations.keep_calendar", "维护学年和学期")
FOUND_CITY = Permission("organisations.found_city", "建立一个新安装的城市")
KEEP_PLACES = Permission("organisations.keep_places", "登记区、学校和辅导站")
EDIT_SCHOOL = Permission("organisations.edit_school", "修改本校页面的名称、颜色和欢迎语")
SEE_CLASSES = Permission("organisations.see_classes", "查看本校班级和班级码")


def _districts(actor: Actor) -> frozenset[int]:
    return frozenset(
        post.district_id for post in actor.posts if post.role is Role.DISTRICT_LEAD and post.district_id is not None
    )


def _leads(actor: Actor, row: Any) -> bool:
    districts = _districts(actor)
    return bool(districts) if row is None else row.district_id in districts


leads_the_district = Predicate("leads the district", _leads, lambda actor: Q(district_id__in=sorted(_districts(actor))))

administers_the_school = Predicate(
    "administers the school",
    lambda actor, row: Role.SCHOOL_ADMIN in actor.roles_here and (row is None or row.id == actor.school_id),
    lambda actor: Q(id=actor.school_id) if Role.SCHOOL_ADMIN in actor.roles_here else NOTHING,
)

platform_command = Predicate(
    "is a command of the platform outside any school",
    lambda actor, row: actor.kind is Kind.SYSTEM and actor.school_id is None,
    lambda actor: EVERYTHING if actor.kind is Kind.SYSTEM and actor.school_id is None else NOTHING,
)

POLICY = register(
    {
        SEE_CITY: [[holds_anywhere(Role.CITY_OFFICER)], [leads_the_district]],
        KEEP_CALENDAR: [[holds_anywhere(Role.CITY_OFFICER)]],
        FOUND_CITY: [[platform_command]],
        KEEP_PLACES: [[holds_anywhere(Role.CITY_OFFICER)]],
        EDIT_SCHOOL: [[administers_the_school]],
        SEE_CLASSES: [
            [
                holds(
                    Role.COUNSELLOR,
                    Role.SCHOOL_ADMIN,
                    Role.HOMEROOM_TEACHER,
                    Role.GRADE_LEAD,
                    Role.PRINCIPAL,
                    Role.INVIGILATOR,
                )
            ]
        ],
    }
)
