"""The smallest city in which every rule of sight can be tried: two districts, three schools, and people in each place.

`noise` is built in: every school has a class, a pupil and a counsellor with the same kind of data.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from qingyan.foundation.access.actor import Actor, Kind, system_actor
from qingyan.foundation.access.actor import Post as PostValue
from qingyan.foundation.access.roles import Role, Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import City, District, Hotline, School, SchoolClass, SchoolYear, Term
from qingyan.people.models import Account, Enrolment, Guardian, Post, Student
from qingyan.people.queries.staff import overseen_by
from tests.factories.reviews import approve_library

PASSWORD = "eaves for the young"
EVERYTHING = frozenset(Sight)


@dataclass(frozen=True)
class Place:
    """One school with two classes, its people and its pupils (the first of class_a is the pupil of the story)."""

    school: School
    class_a: SchoolClass
    class_b: SchoolClass
    pupils_a: list[Student]
    pupils_b: list[Student]
    counsellor: Account
    homeroom_teacher: Account
    school_admin: Account
    principal: Account
    invigilator: Account
    committee: Account

    @property
    def pupil(self) -> Student:
        """The pupil of the story."""
        return self.pupils_a[0]


@dataclass(frozen=True)
class Cast:
    """The city and its people. `home` is the school of the story; `other` in the same district; `far` in another."""

    city: City
    year: SchoolYear
    home: Place
    other: Place
    far: Place
    district_lead: Account
    city_officer: Account
    hotline_volunteer: Account
    auditor: Account
    system_admin: Account
    security_admin: Account

    def actor(self, account: Account, place: Place | None = None) -> Actor:
        """The actor that the account is at this school (None: outside any school)."""
        posts = tuple(
            PostValue(
                role=Role(post.role),
                city_id=post.city_id,
                district_id=post.district_id,
                school_id=post.school_id,
                class_id=post.school_class_id,
            )
            for post in Post.objects.filter(account=account).order_by("id")
        )
        return Actor(
            kind=Kind.STAFF,
            id=account.id,
            name=account.name,
            posts=posts,
            school_id=place.school.id if place else None,
            overseen=overseen_by(posts),
        )

    def pupil_actor(self, place: Place | None = None) -> Actor:
        """The pupil of the story, signed in."""
        pupil = (place or self.home).pupil
        return Actor(
            kind=Kind.PUPIL,
            id=pupil.id,
            name=pupil.name,
            school_id=pupil.school_id,
            student_id=pupil.id,
            class_id=pupil.school_class_id,
        )

    def platform(self, place: Place | None = None) -> Actor:
        """The platform standing at a school with all sight, for looking at what happened."""
        return system_actor(school_id=(place or self.home).school.id, sight=EVERYTHING, purpose="test")


def make_cast() -> Cast:
    """Build the city. A transaction must be open."""
    city = City.objects.create(name="云州市", demo=True)
    approve_library(city)
    Hotline.objects.create(city=city, name="青少年服务台", number="12355", hours="24 小时")
    Hotline.objects.create(city=city, name="心理援助热线", number="12356", hours="24 小时")
    year = SchoolYear.objects.create(name="2026—2027", starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    Term.objects.create(school_year=year, ordinal=1, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22))
    near = District.objects.create(city=city, name="海岸区", slug="haian")
    away = District.objects.create(city=city, name="山南区", slug="shannan")
    return Cast(
        city=city,
        year=year,
        home=_make_place(near, year, "青石中学", "qingshi"),
        other=_make_place(near, year, "白沙中学", "baisha"),
        far=_make_place(away, year, "云岭中学", "yunling"),
        district_lead=_staff("district.lead", "区负责人", Role.DISTRICT_LEAD, district=near),
        city_officer=_staff("city.officer", "市负责人", Role.CITY_OFFICER, city=city),
        hotline_volunteer=_staff("hotline", "热线志愿者", Role.HOTLINE_VOLUNTEER, city=city),
        auditor=_staff("auditor", "审计员", Role.AUDIT_ADMIN, city=city),
        system_admin=_staff("system.admin", "系统管理员", Role.SYSTEM_ADMIN, city=city),
        security_admin=_staff("security.admin", "安全管理员", Role.SECURITY_ADMIN, city=city),
    )


def _make_place(district: District, year: SchoolYear, name: str, slug: str) -> Place:
    school = School.objects.create(
        district=district,
        name=f"云州市{name}",
        short_name=name,
        slug=slug,
        kind="complete_secondary",
        welcome="欢迎你。",
    )
    class_a = SchoolClass.objects.create(
        school=school, school_year=year, grade=10, number=1, code=f"{slug[:4].upper()}A"
    )
    class_b = SchoolClass.objects.create(
        school=school, school_year=year, grade=8, number=2, code=f"{slug[:4].upper()}B"
    )
    with transaction.atomic(), entered(system_actor(school_id=school.id, sight=EVERYTHING, purpose="test")):
        pupils_a = [make_pupil(class_a, f"陈雨{letter}", 2010) for letter in "桐晴岚"]
        pupils_b = [make_pupil(class_b, f"王小{letter}", 2012) for letter in "舟禾"]
    return Place(
        school=school,
        class_a=class_a,
        class_b=class_b,
        pupils_a=pupils_a,
        pupils_b=pupils_b,
        counsellor=_staff(f"{slug}.counsellor", "林若溪", Role.COUNSELLOR, school=school),
        homeroom_teacher=_staff(f"{slug}.teacher", "周明", Role.HOMEROOM_TEACHER, school=school, school_class=class_a),
        school_admin=_staff(f"{slug}.admin", "何静", Role.SCHOOL_ADMIN, school=school),
        principal=_staff(f"{slug}.principal", "宋远", Role.PRINCIPAL, school=school),
        invigilator=_staff(f"{slug}.invigilator", "高原", Role.INVIGILATOR, school=school),
        committee=_staff(f"{slug}.committee", "方正", Role.BULLYING_COMMITTEE, school=school),
    )


def make_pupil(school_class: SchoolClass, name: str, born: int) -> Student:
    """A pupil with an enrolment and a guardian, all in the scope that is entered."""
    student = Student(
        school_id=school_class.school_id,
        school_class=school_class,
        name=name,
        sex="F",
        birth_date=date(born, 5, 4),
        ethnicity="汉族",
        demo=True,
    )
    student.student_number = f"G{student.id.hex[:16]}".upper()
    student.save(force_insert=True)
    Enrolment.objects.create(
        student=student, school_id=student.school_id, school_class=school_class, starts_on=date(2026, 9, 1)
    )
    Guardian.objects.create(student=student, school_id=student.school_id, name=f"{name[0]}家长", phone="00000000000")
    return student


def _staff(login: str, name: str, role: Role, **place) -> Account:
    account = Account(login=login, name=name, created_at=timezone.now())
    account.password = _password_hash()
    account.save(force_insert=True)
    Post.objects.create(account=account, role=role.value, starts_on=date(2020, 9, 1), **place)
    return account


_hashes: list[str] = []


def _password_hash() -> str:
    """One hash for all: hashing twenty passwords would be most of a test's time."""
    if not _hashes:
        probe = Account(login="probe")
        probe.set_password(PASSWORD)
        _hashes.append(probe.password)
    return _hashes[0]
