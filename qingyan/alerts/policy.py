"""Who may do what with alerts, raw answers and duty. Read by people who do not program; denied unless written here."""

from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import NOTHING, Predicate, holds, holds_anywhere
from qingyan.foundation.access.roles import Role

READ_ALERTS = Permission("alerts.read", "查看本校预警和理由（打开详情留痕）")
ACKNOWLEDGE = Permission("alerts.acknowledge", "确认预警：由我来处理")
READ_ANSWERS = Permission("alerts.read_answers", "选择用途后查看一份答卷的原始作答（留痕）")
ASSIGN = Permission("alerts.assign", "把预警交给本校另一位心理教师")
CLOSE = Permission("alerts.close", "写明理由结束一条预警；红色的须由另一位复核")
REVIEW = Permission("alerts.review", "复核另一位老师结束红色预警的提议")
READ_DUTY = Permission("alerts.read_duty", "查看本校现在由谁值守、谁不在岗，以及转到自己手上的紧急提示")
KEEP_DUTY = Permission("alerts.keep_duty", "指定本校值守岗位的人")
MARK_AWAY = Permission("alerts.mark_away", "登记不在岗和代班人（本人；校领导可为他人登记）")
WATCH = Permission("alerts.watch", "查看平台对预警的自查结果（只有时间和数目）")
ANSWER_DISTRICT = Permission("alerts.answer_district", "查看本区哪所学校没有按时确认紧急提示（不含姓名），并记下已联系")
HINT_ORDER = Permission("alerts.hint_order", "让一条预警在队列里往前排并写明理由（只由平台执行，不改级别）")

ON_THE_LADDER = (Role.COUNSELLOR, Role.PRINCIPAL, Role.GRADE_LEAD)

owns_the_alert = Predicate(
    "owns the alert",
    lambda actor, row: row is None or (actor.id is not None and row.owner_id == actor.id),
    lambda actor: Q(owner_id=actor.id) if actor.id is not None else NOTHING,
)

is_about_oneself = Predicate(
    "is about oneself",
    lambda actor, row: row is None or (actor.id is not None and row.account_id == actor.id),
    lambda actor: Q(account_id=actor.id) if actor.id is not None else NOTHING,
)


def _districts(actor: Actor) -> frozenset[int | None]:
    return frozenset(post.district_id for post in actor.posts if post.role is Role.DISTRICT_LEAD) - {None}


def _of_the_district(actor: Actor, row: Any) -> bool:
    districts = _districts(actor)
    return bool(districts) if row is None else row.school.district_id in districts


is_of_the_district = Predicate(
    "the school is of the district that one leads",
    _of_the_district,
    lambda actor: Q(school__district_id__in=sorted(filter(None, _districts(actor)))),
)

is_the_platform = Predicate(
    "is the platform at this school",
    lambda actor, row: actor.kind is Kind.SYSTEM and (row is None or row.school_id == actor.school_id),
    lambda actor: Q(school_id=actor.school_id) if actor.kind is Kind.SYSTEM else NOTHING,
)

POLICY = register(
    {
        READ_ALERTS: [[holds(Role.COUNSELLOR)]],
        ACKNOWLEDGE: [[holds(Role.COUNSELLOR)], [holds(*ON_THE_LADDER), owns_the_alert]],
        READ_ANSWERS: [[holds(Role.COUNSELLOR)]],
        ASSIGN: [[holds(Role.COUNSELLOR)]],
        CLOSE: [[holds(Role.COUNSELLOR)], [holds(Role.PRINCIPAL, Role.GRADE_LEAD), owns_the_alert]],
        REVIEW: [[holds(Role.COUNSELLOR, Role.PRINCIPAL)]],
        READ_DUTY: [[holds(*ON_THE_LADDER)]],
        KEEP_DUTY: [[holds(Role.PRINCIPAL, Role.COUNSELLOR)]],
        MARK_AWAY: [[holds(*ON_THE_LADDER), is_about_oneself], [holds(Role.PRINCIPAL)]],
        WATCH: [[holds_anywhere(Role.SYSTEM_ADMIN)]],
        HINT_ORDER: [[is_the_platform]],
        ANSWER_DISTRICT: [[holds_anywhere(Role.CITY_OFFICER)], [is_of_the_district]],
    }
)
