"""The texts that people agree to: of a city or of one school, numbered, never changed after publishing."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped


class ConsentText(models.Model):
    """One published version. The app may insert and read, so a published text cannot change."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+", null=True)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+", null=True)
    purpose = models.CharField(_("用途"), max_length=30)
    version = models.PositiveSmallIntegerField(_("版本"))
    title = models.CharField(_("标题"), max_length=80)
    body = models.TextField(_("正文"), max_length=4000)
    asks_anew = models.BooleanField(_("需要重新征求同意"), default=True)
    published_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(_("发布时间"))
    scope = Unscoped(
        reason="the words that guardians and pupils are asked to agree to; holds no person's data",
        writes=("INSERT",),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["purpose", "-published_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(city__isnull=False) ^ models.Q(school__isnull=False),
                name="consent_text_of_a_city_or_of_one_school",
            ),
            models.UniqueConstraint(fields=["city", "purpose", "version"], name="consent_text_version_once_a_city"),
            models.UniqueConstraint(fields=["school", "purpose", "version"], name="consent_text_version_once_a_school"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.version} 版）"
