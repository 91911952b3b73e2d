"""A bureau's own Word template of one form: checked when it was brought, versioned, one in use at a time."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped
from qingyan.papers.workflow import TEMPLATE


class WordTemplate(models.Model):
    """One version. Its content is never changed; a correction is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(_("表"), max_length=40)
    version = models.PositiveSmallIntegerField(_("版本"))
    state = models.CharField(max_length=12, choices=TEMPLATE.choices(), default=TEMPLATE.initial)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    scope = Unscoped(
        reason="an empty form that a city's bureau brought; holds no pupil's data", writes=("INSERT", "UPDATE")
    )

    class Meta:
        ordering = ["form", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["city", "form", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["city", "form"], condition=models.Q(state="in_use"), name="one_template_in_use_a_form"
            ),
            models.CheckConstraint(condition=models.Q(state__in=TEMPLATE.states()), name="template_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.version}"
