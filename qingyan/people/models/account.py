"""Staff: the account that signs in, the posts that give roles, and the register of psychology teachers."""

from dataclasses import replace
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scoping import Unscoped

BEFORE_SCOPE = Unscoped(
    reason="read at sign-in, before a scope exists; staff only, no pupil's data", writes=("INSERT", "UPDATE")
)

ROLE_TITLES = {
    Role.STUDENT: _("学生"),
    Role.GUARDIAN: _("家长"),
    Role.HOMEROOM_TEACHER: _("班主任"),
    Role.GRADE_LEAD: _("年级组长"),
    Role.PRINCIPAL: _("校领导"),
    Role.COUNSELLOR: _("心理教师"),
    Role.SUPERVISOR: _("督导"),
    Role.SCHOOL_ADMIN: _("学校管理员"),
    Role.INVIGILATOR: _("主试"),
    Role.DISTRICT_LEAD: _("区负责人"),
    Role.CITY_OFFICER: _("市教育局人员"),
    Role.SYSTEM_ADMIN: _("系统管理员"),
    Role.SECURITY_ADMIN: _("安全管理员"),
    Role.AUDIT_ADMIN: _("审计员"),
    Role.HOTLINE_VOLUNTEER: _("热线志愿者"),
    Role.BULLYING_COMMITTEE: _("防欺凌委员会成员"),
}


class AccountManager(BaseUserManager):
    """Makes staff accounts; pupils have none."""

    def create_user(self, login: str, password: str | None = None, **fields) -> "Account":
        """A new account. Without a password it cannot sign in until one is set."""
        account = self.model(login=login, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A member of staff who signs in with login, password and a second factor."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    login = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("可用"), default=True)
    must_change_password = models.BooleanField(default=False)  # the password is one-time: made by an administrator
    session_epoch = models.PositiveIntegerField(default=0)  # raised to end every session of this account
    created_at = models.DateTimeField(auto_now_add=True)
    objects = AccountManager()
    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    scope = replace(BEFORE_SCOPE, narrow=("SELECT (id, name)",))

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is compared with at each request: password and epoch, so that raising the epoch ends it."""
        return f"{super()._get_session_auth_hash(secret=secret)}.{self.session_epoch}"

    def get_full_name(self) -> str:
        """The name, as Django's own pages ask for it."""
        return self.name


class Post(models.Model):
    """A role at a place for a period; the source of every right. A class post also names its school.

    From the day `ends_on` the post counts no more, so one that is ended today is gone at the next request.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("角色"), max_length=30, choices=[(role.value, ROLE_TITLES[role]) for role in Role])
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+", null=True)
    district = models.ForeignKey("organisations.District", on_delete=models.PROTECT, related_name="+", null=True)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+", null=True)
    school_class = models.ForeignKey("organisations.SchoolClass", on_delete=models.PROTECT, related_name="+", null=True)
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)
    scope = replace(BEFORE_SCOPE, narrow=("SELECT",))

    class Meta:
        indexes = [models.Index(fields=["account", "starts_on"]), models.Index(fields=["school", "role"])]
        constraints = [
            models.CheckConstraint(
                name="post_at_exactly_one_place",
                condition=models.Q(city__isnull=False, district__isnull=True, school__isnull=True)
                | models.Q(city__isnull=True, district__isnull=False, school__isnull=True)
                | models.Q(city__isnull=True, district__isnull=True, school__isnull=False),
            ),
            models.CheckConstraint(
                name="post_in_a_class_names_its_school",
                condition=models.Q(school_class__isnull=True) | models.Q(school__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"


class StaffProfile(models.Model):
    """What the city keeps about a psychology teacher: full-time or part-time, title, certificate."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="+")
    full_time = models.BooleanField(_("专职"), default=True)
    title = models.CharField(_("职称"), max_length=40, blank=True)
    certificate = models.CharField(_("证书"), max_length=80, blank=True)
    scope = BEFORE_SCOPE

    def __str__(self) -> str:
        return self.title
