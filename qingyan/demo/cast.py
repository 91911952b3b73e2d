"""The people of the story: the fixed cast that demo, tests and screenshots share. All invented. Pure.

Decides who they are, what they may sign in with and where they stand; never writes (staff.py, register.py do).
Their ids are fixed, so a page of the demo keeps its address from one load to the next.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from qingyan.foundation.access.roles import Role

NAMESPACE = UUID("5f0c1f5e-0000-4000-8000-71696e677961")
DEMO_PASSWORD = "qingyan-demo"  # noqa: S105 - printed by `qingyan serve`; no account has it outside demo and tests
DEMO_TOTP_SECRET = "QINGYANDEMO2222DEMOONLY333322222"  # noqa: S105 - of SHOWS_SECOND_FACTOR only; public
STORY_SCHOOL = "wangchao-gaozhong"
OTHER_SCHOOL = "songtao-chuzhong"
PRIMARY_SCHOOL = "haiou-xiaoxue"
CITY = "city"


@dataclass(frozen=True)
class PostPlan:
    """A role at a place: a school's slug, a district's slug, or CITY; `class_` is (grade, number)."""

    role: Role
    place: str
    class_: tuple[int, int] | None = None


@dataclass(frozen=True)
class Colleague:
    """A member of staff with a fixed login."""

    login: str
    name: str
    posts: tuple[PostPlan, ...]

    @property
    def id(self) -> UUID:
        """The same in every load."""
        return uuid5(NAMESPACE, f"account:{self.login}")


@dataclass(frozen=True)
class Parent:
    """A guardian as the register names them."""

    name: str
    relation: str


@dataclass(frozen=True)
class Receiver:
    """Who receives a referral: no account, two printed codes. Like every printed code the first one opens once."""

    name: str
    place: str
    code: str
    name_code: str


Ticked = tuple[str, str, int]  # instrument, item, stored value


@dataclass(frozen=True)
class Pupil:
    """A pupil with a fixed class; `distress` (standard normal) and `sure` fix what the generator would draw."""

    key: str
    name: str
    sex: str
    school: str
    class_: tuple[int, int]
    slip_code: str | None
    guardians: tuple[Parent, ...]
    birthday: tuple[int, int] = (3, 12)
    distress: float | None = None
    sure: tuple[Ticked, ...] = ()

    @property
    def id(self) -> UUID:
        """The same in every load."""
        return uuid5(NAMESPACE, f"student:{self.key}")

    def birth_date(self, year: int) -> date:
        """Born so that the pupil has the usual age of the grade in the school year that begins in `year`."""
        month, day = self.birthday
        return date(year - self.class_[0] - (5 if month < 9 else 6), month, day)


def _at(role: Role, place: str, class_: tuple[int, int] | None = None) -> tuple[PostPlan, ...]:
    return (PostPlan(role, place, class_),)


COUNSELLOR = Colleague("linruoxi", "林若溪", _at(Role.COUNSELLOR, STORY_SCHOOL))
OTHER_COUNSELLOR = Colleague("zhoumingyuan", "周明远", _at(Role.COUNSELLOR, OTHER_SCHOOL))
HOMEROOM_TEACHER = Colleague("hejingyi", "何静怡", _at(Role.HOMEROOM_TEACHER, STORY_SCHOOL, (11, 1)))
GRADE_LEAD = Colleague("gaowenbo", "高文博", _at(Role.GRADE_LEAD, STORY_SCHOOL))
SCHOOL_ADMIN = Colleague("zhaoqihang", "赵启航", _at(Role.SCHOOL_ADMIN, STORY_SCHOOL))
PRINCIPAL = Colleague("shenguoliang", "沈国梁", _at(Role.PRINCIPAL, STORY_SCHOOL))
INVIGILATOR = Colleague("wuxiaofan", "吴晓帆", _at(Role.INVIGILATOR, STORY_SCHOOL))
COMMITTEE_MEMBER = Colleague("fangzheng", "方正", _at(Role.BULLYING_COMMITTEE, STORY_SCHOOL))
DISTRICT_LEAD = Colleague("zhenghailan", "郑海岚", _at(Role.DISTRICT_LEAD, "haian"))
CITY_LEAD = Colleague("tangzhiyuan", "唐致远", _at(Role.CITY_OFFICER, CITY))
HOTLINE_VOLUNTEER = Colleague("suwanqing", "苏晚晴", _at(Role.HOTLINE_VOLUNTEER, CITY))
# An auditor of the city who also audits the story's school: the audit trail is read school by school.
AUDITOR = Colleague("qinzheng", "秦正", _at(Role.AUDIT_ADMIN, CITY) + _at(Role.AUDIT_ADMIN, STORY_SCHOOL))
SYSTEM_ADMIN = Colleague("hening", "贺宁", _at(Role.SYSTEM_ADMIN, CITY))
SECURITY_ADMIN = Colleague("luanran", "陆安然", _at(Role.SECURITY_ADMIN, CITY))
SHOWS_SECOND_FACTOR = SECURITY_ADMIN

COLLEAGUES = (
    COUNSELLOR,
    OTHER_COUNSELLOR,
    HOMEROOM_TEACHER,
    GRADE_LEAD,
    SCHOOL_ADMIN,
    PRINCIPAL,
    INVIGILATOR,
    COMMITTEE_MEMBER,
    DISTRICT_LEAD,
    CITY_LEAD,
    HOTLINE_VOLUNTEER,
    AUDITOR,
    SYSTEM_ADMIN,
    SECURITY_ADMIN,
)

MOTHER = Parent("李慧", "母亲")
STUDENT = Pupil("yutong", "陈雨桐", "F", STORY_SCHOOL, (11, 1), "DEMA2345", (MOTHER, Parent("陈建川", "父亲")))
CLASSMATE = Pupil("zixuan", "王梓轩", "M", STORY_SCHOOL, (11, 1), "DEMB2345", (Parent("王海峰", "父亲"),), (6, 2))
OTHER_PUPIL = Pupil("yinuo", "刘一诺", "F", OTHER_SCHOOL, (8, 1), "DEMC2345", (Parent("刘春梅", "母亲"),), (11, 20))
# Two pupils whose names need the rare faces of the packaged fonts; they keep every list honest.
RARE_NAMES = (
    Pupil("rare-yi", "韦𬱖", "M", STORY_SCHOOL, (10, 1), None, (Parent("韦立新", "父亲"),), (1, 30)),
    Pupil("rare-jie", "欧阳㛃", "F", OTHER_SCHOOL, (7, 1), None, (Parent("周秀兰", "母亲"),), (5, 4)),
)
# Pupils who answered both rounds, the open one lately: the counsellor's queue is never empty.
BURDENED = (
    Pupil(
        key="burdened-1",
        name="许知夏",
        sex="F",
        school=STORY_SCHOOL,
        class_=(10, 1),
        slip_code=None,
        guardians=(Parent("许志成", "父亲"),),
        birthday=(4, 9),
        distress=2.6,
        sure=(("scl-90", "q15", 4),),
    ),
    Pupil(
        key="burdened-2",
        name="蒋亦辰",
        sex="M",
        school=STORY_SCHOOL,
        class_=(12, 1),
        slip_code=None,
        guardians=(Parent("孟丽萍", "母亲"),),
        birthday=(2, 17),
        distress=2.2,
        sure=(("scl-90", "q15", 2),),
    ),
    Pupil(
        key="burdened-3",
        name="潘星野",
        sex="M",
        school=OTHER_SCHOOL,
        class_=(9, 1),
        slip_code=None,
        guardians=(Parent("潘永强", "父亲"),),
        birthday=(10, 8),
        distress=2.6,
    ),
)
WITH_SLIPS = (STUDENT, CLASSMATE, OTHER_PUPIL)
PUPILS = (*WITH_SLIPS, *RARE_NAMES, *BURDENED)
DOCTOR = Receiver("接诊医生", "云岚市第三人民医院心理科（演示）", "DEM0D0CT0R234567", "DEM0A2")
