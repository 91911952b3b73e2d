"""Who may do what with rounds, progress and answer sheets. Readable by people who do not program; denied unless here.

Scores and answers are not here: who reads them is decided in alerts and archives. A sheet is written by its pupil only.
"""

from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import EVERYTHING, NOTHING, Predicate, holds, is_the_pupil, teaches_the_class
from qingyan.foundation.access.roles import Role, Sight
from qingyan.screening.workflow import DRAFT

READ_CAMPAIGNS = Permission("screening.read_campaigns", "看本校的测评活动")
MANAGE_CAMPAIGN = Permission("screening.manage_campaign", "建立、开放和结束本校的测评活动")
READ_PROGRESS = Permission("screening.read_progress", "看各班完成了多少人")
READ_PUPIL_PROGRESS = Permission("screening.read_pupil_progress", "看哪些学生还没有完成")
READ_CITY_CAMPAIGNS = Permission("screening.read_city_campaigns", "看全市测评活动和各校进度")
MANAGE_CITY_CAMPAIGN = Permission("screening.manage_city_campaign", "建立、开放和结束全市测评活动")
SEE_SEATS = Permission("screening.see_seats", "测评现场：座位表、送到帮助、标出不是本人的答卷")
READ_SET_ASIDE = Permission("screening.read_set_aside", "看被搁置的答卷")
WATCH_CITY = Permission("screening.watch_city", "看全市或本区测评的实时人次")
PREPARE_TEST_DAY = Permission("screening.prepare_test_day", "看测评现场的指导语和准备清单")
JUDGE_ANSWERING = Permission("screening.judge_answering", "看答卷的作答质量，决定怎样对待存疑的答卷（打开留痕）")
MANAGE_PAPER = Permission("screening.manage_paper", "打印纸质问卷，指定帮忙录入的人")
KEY_PAPER = Permission("screening.key_paper", "录入纸质问卷（心理老师，或被指定的人）")
COUNT_PAST = Permission("screening.count_past", "活动结束后数一数各条筛查线标出多少人（只留 30 份以上的数）")
RESCORE = Permission("screening.rescore", "规则更正以后给存好的答卷重新计分")
OBSERVE = Permission("screening.observe", "写下自己班学生的课堂观察")
READ_CANDIDATES = Permission("screening.read_candidates", "看谁需要进一步了解，安排第二份量表（打开留痕）")
READ_REGISTRATIONS = Permission("screening.read_registrations", "看本校登记的测评和市里的答复")
FILE_REGISTRATION = Permission("screening.file_registration", "为本校想做的测评登记、补充、撤回")
READ_CITY_REGISTRATIONS = Permission("screening.read_city_registrations", "看全市学校登记的测评")
DECIDE_REGISTRATION = Permission("screening.decide_registration", "批准、不批准学校登记的测评，或请学校补充")
COUNT_NORMS = Permission("screening.count_norms", "为本市常模计数（只由后台任务执行，不出个人数据）")
TAKE_TEST = Permission("screening.take_test", "参加测评")
READ_OWN_LOOKS = Permission("screening.read_own_looks", "看谁打开过自己的档案（只有日期和身份）")

WATCHERS = frozenset({Role.CITY_OFFICER, Role.DISTRICT_LEAD})
LEADERS = (Role.COUNSELLOR, Role.SCHOOL_ADMIN, Role.PRINCIPAL, Role.GRADE_LEAD, Role.INVIGILATOR)


def in_role(*roles: Role) -> Predicate:
    """The actor holds one of these roles at the school of the request; says nothing about the row."""
    wanted = frozenset(roles)
    return Predicate(
        "in the role " + " or ".join(sorted(wanted)),
        lambda actor, row: bool(wanted & actor.roles_here),
        lambda actor: EVERYTHING if wanted & actor.roles_here else NOTHING,
    )


def _of_this_school(actor: Actor, row: Any) -> bool:
    return actor.school_id is not None and (row is None or row.school_id == actor.school_id)


def _announced_by_the_city(actor: Actor, row: Any) -> bool:
    return actor.school_id is not None and (row is None or (row.school_id is None and row.state != DRAFT))


def cities_of(actor: Actor) -> frozenset[int]:
    """The cities whose officer the actor is, at this place."""
    return frozenset(
        post.city_id for post in actor.posts_here if post.role is Role.CITY_OFFICER and post.city_id is not None
    )


def _judges_for_the_school(actor: Actor, row: Any) -> bool:
    if actor.kind is not Kind.SYSTEM or not {Sight.ANSWERS, Sight.RESULTS} <= actor.extra_sight:
        return False
    return row is None or getattr(row, "school_id", actor.school_id) == actor.school_id


job_with_results = Predicate(
    "is a job of the platform with sight of answers and results",
    _judges_for_the_school,
    lambda actor: Q(school_id=actor.school_id) if _judges_for_the_school(actor, None) else NOTHING,
)
of_this_school = Predicate(
    "is a round of this school",
    _of_this_school,
    lambda actor: Q(school_id=actor.school_id) if actor.school_id is not None else NOTHING,
)
announced_by_the_city = Predicate(
    "is a round of the city, no longer being prepared",
    _announced_by_the_city,
    lambda actor: Q(school_id__isnull=True) & ~Q(state=DRAFT) if actor.school_id is not None else NOTHING,
)
of_the_own_city = Predicate(
    "is a round of the officer's city",
    lambda actor, row: bool(cities_of(actor)) and (row is None or row.city_id in cities_of(actor)),
    lambda actor: Q(city_id__in=sorted(cities_of(actor))),
)
city_or_district_watches = Predicate(
    "leads the district or is an officer of the city, outside any school",
    lambda actor, row: actor.school_id is None and bool(WATCHERS & actor.roles_here),
    lambda actor: EVERYTHING if actor.school_id is None and WATCHERS & actor.roles_here else NOTHING,
)

POLICY = register(
    {
        READ_CAMPAIGNS: [
            [in_role(*LEADERS, Role.HOMEROOM_TEACHER), of_this_school],
            [in_role(*LEADERS, Role.HOMEROOM_TEACHER), announced_by_the_city],
        ],
        MANAGE_CAMPAIGN: [[in_role(Role.COUNSELLOR, Role.SCHOOL_ADMIN), of_this_school]],
        READ_PROGRESS: [[holds(*LEADERS)], [teaches_the_class]],
        READ_PUPIL_PROGRESS: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN)], [teaches_the_class]],
        READ_CITY_CAMPAIGNS: [[of_the_own_city]],
        MANAGE_CITY_CAMPAIGN: [[of_the_own_city]],
        SEE_SEATS: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN, Role.INVIGILATOR)], [teaches_the_class]],
        READ_SET_ASIDE: [[holds(Role.COUNSELLOR)]],
        WATCH_CITY: [[city_or_district_watches]],
        PREPARE_TEST_DAY: [[holds(*LEADERS, Role.HOMEROOM_TEACHER)]],
        RESCORE: [[job_with_results]],
        COUNT_PAST: [[job_with_results]],
        JUDGE_ANSWERING: [[holds(Role.COUNSELLOR)], [job_with_results]],
        MANAGE_PAPER: [[holds(Role.COUNSELLOR)]],
        KEY_PAPER: [[holds(Role.COUNSELLOR, Role.INVIGILATOR)]],
        OBSERVE: [[holds(Role.HOMEROOM_TEACHER), teaches_the_class]],
        READ_CANDIDATES: [[holds(Role.COUNSELLOR)]],
        READ_REGISTRATIONS: [[in_role(Role.COUNSELLOR, Role.SCHOOL_ADMIN, Role.PRINCIPAL), of_this_school]],
        FILE_REGISTRATION: [[in_role(Role.COUNSELLOR, Role.SCHOOL_ADMIN), of_this_school]],
        READ_CITY_REGISTRATIONS: [[of_the_own_city]],
        DECIDE_REGISTRATION: [[of_the_own_city]],
        COUNT_NORMS: [[job_with_results]],
        TAKE_TEST: [[is_the_pupil]],
        READ_OWN_LOOKS: [[is_the_pupil]],
    }
)
