"""Writes the staff of the demo: accounts, posts, the register of psychology teachers. Who they are is teachers.py.

All demo accounts share one password and one stored hash: hashing four hundred would take minutes and protect nothing.
"""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from qingyan.demo.cast import CITY, DEMO_TOTP_SECRET, SHOWS_SECOND_FACTOR, Colleague, PostPlan
from qingyan.demo.teachers import StaffPlan, TeacherPlan
from qingyan.demo.town import Town
from qingyan.people.models import Account, Post, StaffProfile


def hire(plan: StaffPlan, town: Town, *, password: str) -> None:
    """Write everybody. A transaction must be open."""
    stored = make_password(password)
    Account.objects.bulk_create(
        Account(id=one.id, login=one.login, name=one.name, email=f"{one.login}@example.invalid", password=stored)
        for one in plan.colleagues
    )
    Post.objects.bulk_create(_post(one, post, town) for one in plan.colleagues for post in one.posts)
    StaffProfile.objects.bulk_create(_profile(teacher) for teacher in plan.teachers)
    if SHOWS_SECOND_FACTOR in plan.colleagues:
        secret = get_adapter().encrypt(DEMO_TOTP_SECRET)
        Authenticator.objects.create(
            user_id=SHOWS_SECOND_FACTOR.id, type=Authenticator.Type.TOTP, data={"secret": secret}
        )


def _post(colleague: Colleague, plan: PostPlan, town: Town) -> Post:
    school = town.schools.get(plan.place)
    grade_and_number, since = plan.class_, town.year.starts_on
    return Post(
        account_id=colleague.id,
        role=plan.role.value,
        city=town.city if plan.place == CITY else None,
        district=town.districts.get(plan.place),
        school=school,
        school_class=town.classes[plan.place, *grade_and_number] if grade_and_number else None,
        starts_on=since if grade_and_number else since.replace(year=since.year - 1),  # a class is of one year
    )


def _profile(teacher: TeacherPlan) -> StaffProfile:
    return StaffProfile(
        account_id=teacher.colleague.id,
        full_time=teacher.full_time,
        title=teacher.title,
        certificate=teacher.certificate,
    )
