"""The plan of the staff: 81 psychology teachers (53 full-time, 28 part-time), a homeroom teacher for every class, an
administrator and a principal for every school. Pure; staff.py writes them.

Every school's first psychology teacher has an intermediate or higher title or a certificate, as the city promises.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from qingyan.demo.cast import COLLEAGUES, Colleague, PostPlan
from qingyan.demo.names import Name, teacher_name
from qingyan.demo.places import SchoolPlan
from qingyan.foundation.access.roles import Role

PART_TIME = 28
INTERMEDIATE_TITLES = ("一级教师", "高级教师")
JUNIOR_TITLES = ("", "三级教师", "二级教师")
CERTIFICATES = ("心理健康教育教师资格证书", "中小学心理健康教育教师培训合格证书")


@dataclass(frozen=True)
class TeacherPlan:
    """A psychology teacher: who, where, full-time or not, title and certificate (either may be empty)."""

    colleague: Colleague
    school: str
    full_time: bool
    title: str
    certificate: str

    @property
    def is_qualified(self) -> bool:
        """Has an intermediate or higher title, or a certificate."""
        return self.title in INTERMEDIATE_TITLES or bool(self.certificate)


@dataclass(frozen=True)
class StaffPlan:
    """Everybody who works in the city; `teachers` are those with a register entry."""

    teachers: tuple[TeacherPlan, ...]
    others: tuple[Colleague, ...]

    @property
    def colleagues(self) -> tuple[Colleague, ...]:
        """All accounts."""
        return (*(teacher.colleague for teacher in self.teachers), *self.others)


class _Hiring:
    """Draws names and gives each login once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._logins = {colleague.login for colleague in COLLEAGUES}

    def hire(self, *posts: PostPlan) -> Colleague:
        name = teacher_name(self._rng)
        return Colleague(self._login(name), name.text, posts)

    def _login(self, name: Name) -> str:
        candidates = (name.pinyin + (str(number) if number > 1 else "") for number in range(1, 1000))
        login = next(candidate for candidate in candidates if candidate not in self._logins)
        self._logins.add(login)
        return login


def staff_plan(schools: Iterable[SchoolPlan], *, seed: int) -> StaffPlan:
    """The staff of these schools and of the city; the same for the same seed. The cast comes first."""
    places = tuple(schools)
    rng = Random(f"{seed}:staff")  # noqa: S311 - repeatable on purpose
    hiring = _Hiring(rng)
    part_time = _part_time(places)
    teachers = [
        _teacher(rng, hiring, school, order, (school.slug, order) not in part_time)
        for school in places
        for order in range(school.teachers)
    ]
    kept = {teacher.colleague.login for teacher in teachers}
    named = [one for one in COLLEAGUES if one.login not in kept and _is_here(one, places)]
    others = [*named, *(colleague for school in places for colleague in _offices(hiring, school))]
    return StaffPlan(tuple(teachers), tuple(others))


def _is_here(colleague: Colleague, places: tuple[SchoolPlan, ...]) -> bool:
    known = {school.slug for school in places} | {school.district for school in places} | {"city"}
    return all(post.place in known for post in colleague.posts)


def _part_time(places: tuple[SchoolPlan, ...]) -> set[tuple[str, int]]:
    """Primary schools share a part-time teacher; the rest are the last teachers of the smaller schools, up to 28."""
    primary = [(school.slug, 0) for school in places if school.kind == "primary"]
    order = ("special", "nine_year", "vocational", "junior", "complete_secondary", "senior")
    larger = sorted((school for school in places if school.teachers > 1), key=lambda school: order.index(school.kind))
    return set([*primary, *((school.slug, school.teachers - 1) for school in larger)][:PART_TIME])


def _teacher(rng: Random, hiring: _Hiring, school: SchoolPlan, order: int, full_time: bool) -> TeacherPlan:
    colleague = _from_the_cast(school, order) or hiring.hire(PostPlan(Role.COUNSELLOR, school.slug))
    by_title = order == 0 and rng.random() < 0.6
    by_certificate = (order == 0 and not by_title) or rng.random() < 0.45
    return TeacherPlan(
        colleague=colleague,
        school=school.slug,
        full_time=full_time,
        title=rng.choice(INTERMEDIATE_TITLES) if by_title else rng.choice(JUNIOR_TITLES + INTERMEDIATE_TITLES),
        certificate=rng.choice(CERTIFICATES) if by_certificate else "",
    )


def _from_the_cast(school: SchoolPlan, order: int) -> Colleague | None:
    wanted = PostPlan(Role.COUNSELLOR, school.slug)
    return next((one for one in COLLEAGUES if wanted in one.posts and order == 0), None)


def _offices(hiring: _Hiring, school: SchoolPlan) -> Iterator[Colleague]:
    """The posts of a school that nobody of the cast holds: administrator, principal, homeroom teachers."""
    held = {post for colleague in COLLEAGUES for post in colleague.posts}
    wanted = [PostPlan(Role.SCHOOL_ADMIN, school.slug), PostPlan(Role.PRINCIPAL, school.slug)]
    for grade in school.build.grades:
        for number in range(1, school.build.classes + 1):
            wanted.append(PostPlan(Role.HOMEROOM_TEACHER, school.slug, (grade, number)))
    return (hiring.hire(post) for post in wanted if post not in held)
