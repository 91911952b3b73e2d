"""Pupils: identity, enrolment over the years, guardians. Numbers and contacts are sealed; names are searchable."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto.fields import BlindIndex, SealedText
from qingyan.people.rules.city_identity import city_identity


class Sex(models.TextChoices):
    """As in the school register."""

    FEMALE = "F", _("女")
    MALE = "M", _("男")
    UNKNOWN = "U", _("未说明")


class StudentState(models.TextChoices):
    """Where the pupil is in schooling."""

    ENROLLED = "enrolled", _("在校")
    ON_LEAVE = "on_leave", _("休学")
    LEFT = "left", _("离校")
    GRADUATED = "graduated", _("毕业")
    MERGED = "merged", _("已并入另一份档案")


class Student(models.Model):
    """A pupil, one row for life; the school and class are the present ones."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(_("姓名"), max_length=40)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField(_("出生日期"), null=True)
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    student_number = SealedText(_("学籍号"), null=True)
    student_number_index = BlindIndex(source="student_number", null=True)
    id_kind = models.CharField(_("身份证件类型"), max_length=30, blank=True)
    id_number = SealedText(_("身份证件号"), null=True)
    id_number_index = BlindIndex(source="id_number", null=True)
    city_index = BlindIndex(source="city_identity", city_wide=True, null=True)
    state = models.CharField(_("状态"), max_length=12, choices=StudentState.choices, default=StudentState.ENROLLED)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    scope = SchoolScope(
        student="id",
        class_="school_class_id",
        gates=("identity", "door"),
        writes=("INSERT", "UPDATE", "DELETE"),  # an import that is undone takes its pupils with it, and nothing else
        narrow=("SELECT",),
        counted=("id", "school_id", "school_class_id", "state", "city_index"),
    )

    class Meta:
        indexes = [
            models.Index(fields=["school", "school_class", "name"]),
            models.Index(fields=["school", "name"]),
            models.Index(fields=["city_index"], name="student_by_city_index"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["school", "student_number_index"], name="student_number_once_a_school"),
            models.UniqueConstraint(fields=["school", "id_number_index"], name="id_number_once_a_school"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_name(self) -> str:
        """The name as a shared screen shows it: first character, then stars."""
        return self.name[:1] + "＊" * max(1, len(self.name) - 1)

    @property
    def city_identity(self) -> str | None:
        """What the city-wide blind index is made of (ADR 0011)."""
        return city_identity(self.id_number, self.student_number)

    @property
    def student_id(self):
        """A pupil is the subject of the own row (predicates ask every row for its student)."""
        return self.id


class Enrolment(models.Model):
    """A pupil in a class for a period; the history behind Student.school_class."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)
    scope = SchoolScope(
        student="student_id",
        class_="school_class_id",
        gates=("identity",),
        writes=("INSERT", "UPDATE", "DELETE"),
        narrow=("SELECT",),
    )

    class Meta:
        indexes = [models.Index(fields=["school", "student", "starts_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=models.Q(ends_on__isnull=True), name="student_has_one_open_enrolment"
            ),
        ]


class Guardian(models.Model):
    """A pupil's guardian as the register names them; sealed, and shown only to those who must call."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    name = SealedText(_("监护人姓名"), null=True)
    phone = SealedText(_("监护人电话"), null=True)
    relation = models.CharField(_("关系"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    scope = SchoolScope(student="student_id", gates=("contacts",), writes=("INSERT", "UPDATE", "DELETE"))

    class Meta:
        indexes = [models.Index(fields=["school", "student"])]
        constraints = [
            models.UniqueConstraint(fields=["student", "position"], name="guardian_position_once_a_student"),
        ]
