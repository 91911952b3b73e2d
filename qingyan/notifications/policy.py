"""Who may read notices and set up group robots. Read by people who do not program; denied unless written here."""

from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import NOTHING, Predicate, holds
from qingyan.foundation.access.roles import Role

READ_INBOX = Permission("notifications.read_inbox", "查看自己的消息，设置怎样收到提醒")
KEEP_SCHOOL_ROBOTS = Permission("notifications.keep_school_robots", "设置本校的群机器人，查看发送记录")
KEEP_CITY_ROBOTS = Permission("notifications.keep_city_robots", "设置全市的群机器人，查看发送记录")


def _own(actor: Actor, row: Any) -> bool:
    return actor.kind is Kind.STAFF and (row is None or row.account_id == actor.id)


def _cities(actor: Actor) -> list[int]:
    return sorted(post.city_id for post in actor.posts if post.role is Role.CITY_OFFICER and post.city_id is not None)


is_the_recipient = Predicate(
    "is the member of staff it is addressed to",
    _own,
    lambda actor: Q(account_id=actor.id) if actor.kind is Kind.STAFF else NOTHING,
)
of_the_own_city = Predicate(
    "is a robot of the officer's city",
    lambda actor, row: bool(_cities(actor)) and (row is None or row.city_id in _cities(actor)),
    lambda actor: Q(city_id__in=_cities(actor)) if _cities(actor) else NOTHING,
)

POLICY = register(
    {
        READ_INBOX: [[is_the_recipient]],
        KEEP_SCHOOL_ROBOTS: [[holds(Role.PRINCIPAL)]],
        KEEP_CITY_ROBOTS: [[of_the_own_city]],
    }
)
