"""Who may do what with the order of the queue. Read by people who do not program; denied unless written here."""

from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import NOTHING, Predicate
from qingyan.foundation.access.roles import Role

READ_ORDER = Permission("early_warning.read", "看排序怎么来的：积分规则、模型说明、试行数字（不含任何学生数据）")
SIGN_POINTS = Permission("early_warning.sign_points", "阅读并签署积分规则（实名留痕）")

LEARN = Permission("early_warning.learn", "从全市面谈和研判的结果学一个新模型（只有汇总数字，不含任何学生数据）")
SWITCH = Permission("early_warning.switch", "决定排序参考用到哪一步，随时停用（实名留痕）")


def cities_of(actor: Actor) -> list[int]:
    """The cities that the actor is an officer of, outside any school."""
    return sorted(
        post.city_id for post in actor.posts_here if post.role is Role.CITY_OFFICER and post.city_id is not None
    )


def _of_the_city(actor: Actor, row: Any) -> bool:
    cities = cities_of(actor)
    return bool(cities) and (row is None or row.city_id in cities)


of_the_own_city = Predicate(
    "is of the officer's city",
    _of_the_city,
    lambda actor: Q(city_id__in=cities_of(actor)) if cities_of(actor) else NOTHING,
)

POLICY = register(
    {
        READ_ORDER: [[of_the_own_city]],
        SIGN_POINTS: [[of_the_own_city]],
        SWITCH: [[of_the_own_city]],
        LEARN: [[of_the_own_city]],
    }
)
