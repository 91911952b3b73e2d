"""The places: city, district, school, grade, class, station; school years and terms; hotlines. No person is here.

Small integer keys, because every row-level policy compares them. Who works where is people.Post.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped

NO_PERSON = Unscoped(
    reason="a place or a date of the public service; holds no person",
    writes=("INSERT", "UPDATE"),
    narrow=("SELECT",),
    bureau=True,
)


class SchoolKind(models.TextChoices):
    """Kinds of school; which instruments a pupil may see depends on the stage, not on this."""

    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    VOCATIONAL = "vocational", _("中职")
    SPECIAL = "special", _("特殊教育学校")
    NINE_YEAR = "nine_year", _("九年一贯制学校")
    COMPLETE_SECONDARY = "complete_secondary", _("完全中学")


class Stage(models.TextChoices):
    """Stage of schooling, from the grade and the kind of school."""

    KINDERGARTEN = "kindergarten", _("学前")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    VOCATIONAL = "vocational", _("中职")


class City(models.Model):
    """The city whose bureau runs this installation."""

    name = models.CharField(_("名称"), max_length=60, unique=True)
    demo = models.BooleanField(_("演示数据"), default=False)
    scope = NO_PERSON

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A district or county of the city."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=60)
    slug = models.SlugField(max_length=40, unique=True)
    scope = NO_PERSON

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school, and its sub-site at /s/<slug>/."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("校名"), max_length=80, unique=True)
    short_name = models.CharField(_("简称"), max_length=20)
    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(_("学校类别"), max_length=20, choices=SchoolKind.choices)
    accent = models.CharField(_("主题色"), max_length=7, default="#1f7a78")
    welcome = models.TextField(_("欢迎语"), blank=True, max_length=500)
    counselling_room = models.CharField(_("心理辅导室"), max_length=120, blank=True)
    opened = models.BooleanField(_("已开通"), default=True)
    scope = NO_PERSON

    class Meta:
        ordering = ["district_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accent__regex=r"^#[0-9a-f]{6}$"), name="school_accent_is_a_colour"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolYear(models.Model):
    """A school year, 1 September to 31 August, e.g. "2026—2027"."""

    name = models.CharField(_("学年"), max_length=20, unique=True)
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"))
    scope = NO_PERSON

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="school_year_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """First or second term of a school year."""

    school_year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="+")
    ordinal = models.PositiveSmallIntegerField(_("学期"), choices=[(1, _("第一学期")), (2, _("第二学期"))])
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"))
    scope = NO_PERSON

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["school_year", "ordinal"], name="term_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.school_year} {self.get_ordinal_display()}"


class SpecialDay(models.Model):
    """A day that is not as its weekday says: a public holiday, or a Saturday on which schools work.

    Without a school it holds for the whole city; a school's own day goes before the city's.
    """

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    day = models.DateField(_("日期"))
    works = models.BooleanField(_("上课"), default=False)
    title = models.CharField(_("名称"), max_length=40)
    scope = NO_PERSON

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["city", "school", "day"], nulls_distinct=False, name="special_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.title}"


class SchoolClass(models.Model):
    """One class of a school in one school year. Grade 1-6 primary, 7-9 junior, 10-12 senior; 0 kindergarten."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    school_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(_("年级"))
    number = models.PositiveSmallIntegerField(_("班号"))
    code = models.CharField(_("班级码"), max_length=8, unique=True)
    scope = NO_PERSON

    class Meta:
        ordering = ["school_id", "grade", "number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "grade", "number"], name="class_once_a_year"),
            models.CheckConstraint(condition=models.Q(grade__lte=12), name="class_grade_up_to_12"),
        ]

    def __str__(self) -> str:
        return f"{GRADE_NAMES[self.grade]}（{self.number}）班"


GRADE_NAMES = {
    0: "幼儿园",
    1: "一年级",
    2: "二年级",
    3: "三年级",
    4: "四年级",
    5: "五年级",
    6: "六年级",
    7: "七年级",
    8: "八年级",
    9: "九年级",
    10: "高一",
    11: "高二",
    12: "高三",
}


class Station(models.Model):
    """An off-campus guidance station of the city (district empty) or of a district."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    host_school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(_("名称"), max_length=80, unique=True)
    rooms = models.JSONField(_("功能室"), default=list)
    opening_hours = models.CharField(_("开放时间"), max_length=120, blank=True)
    address = models.CharField(_("地址"), max_length=160, blank=True)
    scope = NO_PERSON

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Hotline(models.Model):
    """A number that every pupil's page shows."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("名称"), max_length=60)
    number = models.CharField(_("号码"), max_length=30)
    hours = models.CharField(_("时间"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    scope = NO_PERSON

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
