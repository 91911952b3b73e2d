"""Who may read the instrument library, bring words and review. For people who do not program; denied unless here."""

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import EVERYTHING, NOTHING, Predicate, holds, is_staff
from qingyan.foundation.access.roles import Role

READ_LIBRARY = Permission("instruments.read_library", "查看量表库：来源、算法、分段和题目（不含任何学生数据）")
BRING_WORDING = Permission("instruments.bring_wording", "为本校导入有授权的量表题文（不含任何学生数据）")
BRING_CITY_WORDING = Permission("instruments.bring_city_wording", "为全市导入有授权的量表题文（不含任何学生数据）")
READ_REVIEWS = Permission("instruments.read_reviews", "看量表审核：要核对什么、谁签过、历次决定（不含任何学生数据）")
SIGN_ITEMS = Permission("instruments.sign_items", "逐题签署量表中涉及生命安全的题，定最低年级")
DECIDE_REVIEW = Permission("instruments.decide_review", "决定一份量表可不可以用、哪些年级可以用")
CHECK_MARKS = Permission("instruments.check_marks", "作为第二人核对导入题文的风险标记（不能核对自己导入的）")

KEEP_NORM = Permission("instruments.keep_norm", "保存平台算出的本市常模（只由后台任务执行）")


def cities_of(actor: Actor) -> list[int]:
    """The cities that the actor is an officer of."""
    return sorted(
        post.city_id for post in actor.posts_here if post.role is Role.CITY_OFFICER and post.city_id is not None
    )


of_the_own_city = Predicate(
    "is of the officer's city",
    lambda actor, row: bool(cities_of(actor)) and (row is None or row.city_id in cities_of(actor)),
    lambda actor: Q(city_id__in=cities_of(actor)) if cities_of(actor) else NOTHING,
)

leads_a_district = Predicate(
    "leads a district, outside any school",
    lambda actor, row: actor.school_id is None and Role.DISTRICT_LEAD in actor.roles_here,
    lambda actor: EVERYTHING if actor.school_id is None and Role.DISTRICT_LEAD in actor.roles_here else NOTHING,
)


def _school_cities(actor: Actor) -> Q:
    return Q(school__district__city_id__in=cities_of(actor))


of_a_school_of_the_own_city = Predicate(
    "is a wording of a school in the officer's city",
    lambda actor, row: (
        bool(cities_of(actor))
        and (row is None or (row.school is not None and row.school.district.city_id in cities_of(actor)))
    ),
    lambda actor: _school_cities(actor) if cities_of(actor) else NOTHING,
)

a_city_wording_read_by_a_counsellor = Predicate(
    "is a counsellor, and the wording is a city's",
    lambda actor, row: Role.COUNSELLOR in actor.roles and (row is None or row.city_id is not None),
    lambda actor: Q(city_id__isnull=False) if Role.COUNSELLOR in actor.roles else NOTHING,
)

job_of_the_platform = Predicate(
    "is a job of the platform",
    lambda actor, row: actor.kind is Kind.SYSTEM,
    lambda actor: EVERYTHING if actor.kind is Kind.SYSTEM else NOTHING,
)

POLICY = register(
    {
        READ_LIBRARY: [[is_staff]],
        BRING_WORDING: [[holds(Role.COUNSELLOR)]],
        BRING_CITY_WORDING: [[of_the_own_city]],
        KEEP_NORM: [[job_of_the_platform]],
        READ_REVIEWS: [[of_the_own_city], [leads_a_district]],
        SIGN_ITEMS: [[of_the_own_city], [leads_a_district]],
        DECIDE_REVIEW: [[of_the_own_city]],
        CHECK_MARKS: [
            [holds(Role.COUNSELLOR)],
            [a_city_wording_read_by_a_counsellor],
            [of_the_own_city],
            [of_a_school_of_the_own_city],
        ],
    }
)
