"""Notices to staff, their ways out of the house, what each person wants, and the group robots of schools and city.

No column holds a text: a notice is a kind and an opaque path. A delivery says where it stands, never what it was about.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped
from qingyan.foundation.crypto.fields import SealedText
from qingyan.notifications.contracts import Channel, Mode, Provider

CHANNELS = [(Channel.EMAIL.value, _("邮件")), (Channel.WECOM.value, _("企业微信")), (Channel.DINGTALK.value, _("钉钉"))]
PROVIDERS = [(Provider.WECOM.value, _("企业微信群机器人")), (Provider.DINGTALK.value, _("钉钉群机器人"))]
MODES = [(Mode.NOW.value, _("逐条发送")), (Mode.DIGEST.value, _("每天汇总一封")), (Mode.OFF.value, _("不发邮件"))]


class Notification(models.Model):
    """One notice to one member of staff. The same occasion reaches a person once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    occasion = models.UUIDField()
    kind = models.CharField(max_length=30)
    path = models.CharField(max_length=200)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)  # when its ways out of the house were decided
    scope = Unscoped(
        reason="to staff: a kind of a fixed file, a time and an opaque path; no pupil's name, level or reason",
        narrow=("INSERT", "SELECT (id, account_id, read_at)"),
    )

    class Meta:
        indexes = [
            models.Index(fields=["account", "-created_at"]),
            models.Index(fields=["account"], condition=models.Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=["created_at"], condition=models.Q(planned_at__isnull=True), name="notification_new"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "occasion"], name="notice_once_an_occasion"),
        ]


class Robot(models.Model):
    """A group robot of a school or of the city. Address and signing secret are sealed: who has them can write there."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+", null=True)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+", null=True)
    provider = models.CharField(_("平台"), max_length=10, choices=PROVIDERS)
    title = models.CharField(_("群的名称"), max_length=40)
    url = SealedText(school=None)
    secret = SealedText(school=None, null=True)
    set_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    scope = Unscoped(reason="group robots of a school or the city; their addresses are sealed, no pupil's data")

    class Meta:
        ordering = ["set_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(school__isnull=False) ^ models.Q(city__isnull=False),
                name="robot_of_a_school_or_of_the_city",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", _("等待发送")
    SENDING = "sending", _("正在发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("没有发出")
    DROPPED = "dropped", _("不用再发")


class Delivery(models.Model):
    """One way out of the house for a notice: a mail to a person, or a message to a robot's group. No content."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="+", null=True)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+", null=True)
    robot = models.ForeignKey(Robot, on_delete=models.CASCADE, related_name="+", null=True)
    occasion = models.UUIDField()
    channel = models.CharField(max_length=10, choices=CHANNELS)
    kind = models.CharField(max_length=30)
    digest = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)  # a short code, never an answer's text
    scope = Unscoped(reason="the delivery log: channel, state and times of notices to staff, no content")

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state__in=["waiting", "sending"]), name="delivery_due"),
            models.Index(fields=["robot", "-due_at"]),
            models.Index(fields=["account", "-due_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["robot", "occasion"], condition=models.Q(robot__isnull=False), name="robot_told_once"
            ),
            models.UniqueConstraint(
                fields=["account", "occasion"], condition=models.Q(account__isnull=False), name="mail_sent_once"
            ),
            models.CheckConstraint(
                condition=models.Q(account__isnull=False) ^ models.Q(robot__isnull=False),
                name="delivery_to_a_person_or_a_robot",
            ),
        ]


class Preference(models.Model):
    """What a member of staff wants beside the inbox. Nobody without a row is left out: the defaults count."""

    account = models.OneToOneField("people.Account", on_delete=models.CASCADE, primary_key=True, related_name="+")
    email = models.CharField(_("邮件"), max_length=10, choices=MODES, default=Mode.NOW.value)
    wecom = models.BooleanField(_("企业微信"), default=True)
    dingtalk = models.BooleanField(_("钉钉"), default=True)
    quiet_from = models.TimeField(_("免打扰开始"), null=True)
    quiet_until = models.TimeField(_("免打扰结束"), null=True)
    digest_at = models.TimeField(_("汇总时间"))
    scope = Unscoped(reason="when and how a member of staff wants to be told; no pupil's data")
