"""What organisations' pages show about people: psychology teachers by school, homeroom teachers and pupils by class.

Registered in apps.py, because organisations lies below people and must not ask upwards.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role, Sight
from qingyan.organisations.contracts import ClassFacts, Staffing
from qingyan.people.models import Post, StaffProfile, Student
from qingyan.people.models.student import StudentState


def staffing() -> Mapping[int, Staffing]:
    """Psychology teachers of each school: full-time, part-time, and how many with a title or a certificate."""
    teachers: dict[int, set] = {}
    for school_id, account_id in _valid_posts(Role.COUNSELLOR).values_list("school_id", "account_id"):
        teachers.setdefault(school_id, set()).add(account_id)
    profiles = StaffProfile.objects.in_bulk({account for accounts in teachers.values() for account in accounts})
    return {
        school_id: _staffing([profiles[account] for account in accounts if account in profiles])
        for school_id, accounts in teachers.items()
    }


def class_facts(actor: Actor, class_ids: Iterable[int]) -> Mapping[int, ClassFacts]:
    """Homeroom teachers by name, and the number of pupils for those who may see pupils."""
    wanted = list(class_ids)
    names: dict[int, list[str]] = {}
    posts = _valid_posts(Role.HOMEROOM_TEACHER).filter(school_class_id__in=wanted)
    for class_id, name in posts.order_by("account__name").values_list("school_class_id", "account__name"):
        names.setdefault(class_id, []).append(name)
    counts = _pupils(wanted) if Sight.IDENTITY in actor.sight else None
    return {
        class_id: ClassFacts(tuple(names.get(class_id, ())), None if counts is None else counts.get(class_id, 0))
        for class_id in wanted
    }


def _pupils(class_ids: list[int]) -> dict[int, int]:
    rows = Student.objects.filter(school_class_id__in=class_ids, state=StudentState.ENROLLED)
    return dict(rows.values_list("school_class_id").annotate(count=Count("id")))


def _staffing(profiles: list[StaffProfile]) -> Staffing:
    return Staffing(
        full_time=sum(profile.full_time for profile in profiles),
        part_time=sum(not profile.full_time for profile in profiles),
        qualified=sum(bool(profile.title or profile.certificate) for profile in profiles),
    )


def _valid_posts(role: Role):
    today = timezone.localdate()
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), role=role, starts_on__lte=today)
