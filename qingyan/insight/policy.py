"""Who may read which board. Readable by people who do not program; denied unless here. Nobody reads exact counts."""

from typing import Any

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import EVERYTHING, NOTHING, Predicate, holds
from qingyan.foundation.access.roles import Role, Sight

READ_SCHOOL_BOARD = Permission("insight.read_school", "看本校的统计（不含任何学生，人数少的不显示）")
READ_DISTRICT_BOARD = Permission("insight.read_district", "看本区的统计（不含任何学生，人数少的不显示）")
READ_CITY_BOARD = Permission("insight.read_city", "看全市和各区的统计、大屏（不含任何学生，人数少的不显示）")
BUILD_CUBE = Permission("insight.build", "计数并生成可以公布的统计表（只由后台任务执行）")


def districts_of(actor: Actor) -> frozenset[int]:
    """The districts that the actor leads, outside any school."""
    return frozenset(
        post.district_id for post in actor.posts_here if post.role is Role.DISTRICT_LEAD and post.district_id
    )


def cities_of(actor: Actor) -> frozenset[int]:
    """The cities whose officer the actor is, outside any school."""
    return frozenset(post.city_id for post in actor.posts_here if post.role is Role.CITY_OFFICER and post.city_id)


def _leads_district(actor: Actor, row: Any) -> bool:
    own = districts_of(actor)
    return bool(own) and (row is None or row.id in own)


def _of_the_city(actor: Actor, row: Any) -> bool:
    own = cities_of(actor)
    return bool(own) and (row is None or getattr(row, "city_id", row.id) in own)


def _builds(actor: Actor, row: Any) -> bool:
    return actor.kind is Kind.SYSTEM and Sight.CUBE in actor.extra_sight


leads_the_district = Predicate(
    "leads the district", _leads_district, lambda actor: EVERYTHING if districts_of(actor) else NOTHING
)
officer_of_the_city = Predicate(
    "is an officer of the city", _of_the_city, lambda actor: EVERYTHING if cities_of(actor) else NOTHING
)
builds_the_cube = Predicate(
    "is the job that builds the cube", _builds, lambda actor: EVERYTHING if _builds(actor, None) else NOTHING
)

POLICY = register(
    {
        READ_SCHOOL_BOARD: [[holds(Role.PRINCIPAL, Role.COUNSELLOR)]],
        READ_DISTRICT_BOARD: [[leads_the_district], [officer_of_the_city]],
        READ_CITY_BOARD: [[officer_of_the_city]],
        BUILD_CUBE: [[builds_the_cube]],
    }
)
