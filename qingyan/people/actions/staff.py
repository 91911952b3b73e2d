"""Staff: hire, give and end a post, disable and enable an account, make a new one-time password.

The city's security administrator does all of it; a school's administrator only what policy.py lets a school grant, and
only with accounts that hold nothing else: otherwise a new password would open a counsellor's desk. Each takes effect at
the next request: posts are read afresh, and the account's epoch ends its sessions.
"""

import secrets
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, allowed, require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.people.actions import standing
from qingyan.people.contracts import Appointment, Hired
from qingyan.people.models import Account, Post
from qingyan.people.policy import MANAGE_SCHOOL_STAFF, MANAGE_STAFF
from qingyan.people.queries.staff import class_of_school, login_exists, manages_account, open_posts
from qingyan.people.rules.posts import post_fault, separation_fault
from qingyan.people.rules.staff_login import is_login, new_password, tidied_login

WORDS = {
    "login_shape": _("登录名用 3 到 60 个小写字母、数字、点、横线或下划线，以字母开头。"),
    "login_taken": _("这个登录名已经有人使用。如果此人在别的学校任职，请联系市里的安全管理员。"),
    "wrong_place": _("这个角色不在这样的地点任职，请核对角色和地点。"),
    "class_missing": _("班主任要写明是哪个班。"),
    "class_needless": _("只有班主任的任职要选班级，请把班级留空。"),
    "class_elsewhere": _("这所学校没有这个班。"),
    "separate_powers": _("系统管理员、安全管理员和审计员互相监督，须由三个人担任，也不能兼任其他角色。"),
    "held_already": _("此人已经有这个任职了。"),
    "own_account": _("不能改动自己的账号和任职，请另一位管理员来做。"),
}


class Refused(Exception):
    """The change contradicts a rule; `code` is its key, the text a sentence for the person who asked."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(str(WORDS[code]))


def hire(*, login: str, name: str, appointment: Appointment, by: Actor, now: datetime) -> Hired:
    """A new account with its first post and a one-time password. Raises NotVisible, Refused."""
    _permit_post(by, appointment)
    spelled = tidied_login(login)
    if not is_login(spelled):
        raise Refused("login_shape")
    if login_exists(spelled):
        raise Refused("login_taken")
    _check(appointment, held=[])
    password = new_password(secrets.choice)
    account = Account.objects.create_user(spelled, password, name=name.strip(), must_change_password=True)
    _record("account.created", account, by=by, now=now)
    _give(account, appointment, by=by, now=now)
    return Hired(account.id, spelled, account.name, password)


def appoint(*, account: Account, appointment: Appointment, by: Actor, now: datetime) -> Post:
    """One more post. A school gives posts only to people who already hold one there. Raises NotVisible, Refused."""
    _permit_post(by, appointment)
    held = open_posts(account.id, timezone.localdate(now))
    if not allowed(by, MANAGE_STAFF) and all(post.school_id != by.school_id for post in held):
        raise NotVisible(MANAGE_SCHOOL_STAFF.code)
    _not_own(account, by)
    _check(appointment, held)
    return _give(account, appointment, by=by, now=now)


def end_post(*, post: Post, by: Actor, now: datetime) -> bool:
    """The post counts no more and its holder's sessions end. False when it had ended. Raises NotVisible, Refused."""
    _permit_post(by, post)
    _not_own(post.account, by)
    today = timezone.localdate(now)
    if post.ends_on is not None and post.ends_on <= today:
        return False
    post.ends_on = today
    post.save(update_fields=["ends_on"])
    _end_sessions(post.account)
    _record("post.ended", post.account, by=by, now=now, detail=_facts(post))
    standing.announce_classes(post.school_id, now)
    return True


def disable(*, account: Account, by: Actor, now: datetime) -> bool:
    """Nobody signs in with it; whoever is in is out. False when it was disabled. Raises NotVisible, Refused."""
    _permit_account(account, by, now)
    if not account.is_active:
        return False
    account.is_active = False
    account.save(update_fields=["is_active"])
    _end_sessions(account)
    _record("account.disabled", account, by=by, now=now)
    for school_id in {post.school_id for post in open_posts(account.id, timezone.localdate(now))}:
        standing.announce_classes(school_id, now)
    return True


def enable(*, account: Account, by: Actor, now: datetime) -> bool:
    """It may be signed in with again; ended sessions stay ended. False when it could be. Raises NotVisible, Refused."""
    _permit_account(account, by, now)
    if account.is_active:
        return False
    account.is_active = True
    account.save(update_fields=["is_active"])
    _record("account.enabled", account, by=by, now=now)
    for school_id in {post.school_id for post in open_posts(account.id, timezone.localdate(now))}:
        standing.announce_classes(school_id, now)
    return True


def renew_password(*, account: Account, by: Actor, now: datetime) -> Hired:
    """A new one-time password; old one and sessions end. The second factor stays. Raises NotVisible, Refused."""
    _permit_account(account, by, now)
    password = new_password(secrets.choice)
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    _end_sessions(account)
    _record("account.password_renewed", account, by=by, now=now)
    return Hired(account.id, account.login, account.name, password)


def _permit_post(by: Actor, row: Appointment | Post) -> None:
    if not allowed(by, MANAGE_STAFF, row):
        require(by, MANAGE_SCHOOL_STAFF, row)


def _permit_account(account: Account, by: Actor, now: datetime) -> None:
    if not manages_account(by, account, timezone.localdate(now)):
        raise NotVisible(MANAGE_SCHOOL_STAFF.code)
    _not_own(account, by)


def _not_own(account: Account, by: Actor) -> None:
    if account.id == by.id:
        raise Refused("own_account")


def _check(wanted: Appointment, held: list[Post]) -> None:
    fault = post_fault(wanted.role, wanted.place, has_class=wanted.school_class_id is not None)
    fault = fault or separation_fault(wanted.role, [Role(post.role) for post in held])
    if not fault and wanted.school_class_id is not None:
        fault = None if class_of_school(wanted.school_class_id, wanted.school_id) else "class_elsewhere"
    if not fault and any(_place(post) == _place(wanted) for post in held):
        fault = "held_already"
    if fault:
        raise Refused(fault)


def _place(row: Appointment | Post) -> tuple[Any, ...]:
    return (str(row.role), row.city_id, row.district_id, row.school_id, row.school_class_id)


def _give(account: Account, wanted: Appointment, *, by: Actor, now: datetime) -> Post:
    post = Post.objects.create(
        account=account,
        role=wanted.role.value,
        city_id=wanted.city_id,
        district_id=wanted.district_id,
        school_id=wanted.school_id,
        school_class_id=wanted.school_class_id,
        starts_on=wanted.starts_on,
    )
    _record("post.given", account, by=by, now=now, detail=_facts(post))
    standing.announce_classes(post.school_id, now)
    return post


def _end_sessions(account: Account) -> None:
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])


def _facts(post: Post) -> dict[str, Any]:
    places = {"city": post.city_id, "district": post.district_id, "school": post.school_id}
    given = {name: value for name, value in {**places, "class": post.school_class_id}.items() if value is not None}
    return {"post": post.id, "role": str(post.role), **given}


def _record(action: str, account: Account, *, by: Actor, now: datetime, detail: dict[str, Any] | None = None) -> None:
    record(by=by, action=action, subject_kind="account", subject_id=account.id, detail=detail, now=now)
