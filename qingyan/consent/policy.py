"""Who may publish texts, key in papers, and see how far the answers are. Read by non-programmers."""

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import NOTHING, Predicate, holds, teaches_the_class
from qingyan.foundation.access.roles import Role

READ_TEXTS = Permission("consent.read_texts", "查看知情同意书")
PUBLISH_TEXT = Permission("consent.publish_text", "发布本校的知情同意书")
PUBLISH_CITY_TEXT = Permission("consent.publish_city_text", "发布全市的知情同意书")
READ_COVERAGE = Permission("consent.read_coverage", "查看家长同意的回收情况（只看是否收到）")
KEY_IN = Permission("consent.key_in", "录入家长的纸质回执")
ISSUE_LINKS = Permission("consent.issue_links", "打印家长回执码")
READ_LEDGER = Permission("consent.read_ledger", "查看一名学生的同意记录（每次打开都留痕）")


def _cities_of(actor: Actor) -> list[int]:
    return sorted(
        post.city_id for post in actor.posts_here if post.role is Role.CITY_OFFICER and post.city_id is not None
    )


of_the_own_city = Predicate(
    "is a text of the officer's city",
    lambda actor, row: bool(_cities_of(actor)) and (row is None or row.city_id in _cities_of(actor)),
    lambda actor: Q(city_id__in=_cities_of(actor)) if _cities_of(actor) else NOTHING,
)

POLICY = register(
    {
        READ_TEXTS: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN)], [of_the_own_city]],
        PUBLISH_TEXT: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN)]],
        PUBLISH_CITY_TEXT: [[of_the_own_city]],
        READ_COVERAGE: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN)], [teaches_the_class]],
        KEY_IN: [[holds(Role.SCHOOL_ADMIN)], [teaches_the_class]],
        ISSUE_LINKS: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN)]],
        READ_LEDGER: [[holds(Role.COUNSELLOR)]],
    }
)
