"""A todo: something that somebody must do for a case by a time. Made from the pack, or given by the plan."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.case import Case
from qingyan.foundation.access.scoping import SchoolScope


class ToDoKind(models.TextChoices):
    """What is to be done. Later papers add kinds; old ones are never renamed."""

    GUARDIAN_TALK = "guardian_talk", _("与监护人谈话")
    FIRST_REPORT = "first_report", _("首报")
    WRITTEN_REPORT = "written_report", _("书面报告")
    MANDATORY_REPORT = "mandatory_report", _("强制报告")
    PLAN = "plan", _("一生一策")
    CONTACT = "contact", _("日常关心")
    FOLLOW_UP = "follow_up", _("回访")
    TASK = "task", _("计划中的任务")
    REFERRAL = "referral", _("跟进转介")
    LEAVE_CONTACT = "leave_contact", _("休学期间的联系")
    SAME_PUPIL = "same_pupil", _("同一名学生有两个个案：留一个，另一个提请封存，再合并档案")
    RETURN_REVIEW = "return_review", _("复学审核")


class ToDo(models.Model):
    """`key` tells todos of one kind apart: a date, a reason of the follow-up calendar, a task's id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ToDoKind.choices)
    key = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField(_("期限"))
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    dropped_at = models.DateTimeField(null=True)  # no longer asked for: the level was lowered, the case has ended
    scope = SchoolScope(student="student_id", gates=("cases", "case_leader"))

    class Meta:
        indexes = [models.Index(fields=["school", "case", "due_at"])]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "key"], name="todo_once_a_key"),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(dropped_at__isnull=True),
                name="todo_is_done_or_dropped",
            ),
        ]
