"""Words that a city or a school brought for a key-only instrument: numbered, never changed after the import."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped


class BroughtWording(models.Model):
    """One imported version. The app may insert and read, so what a round uses cannot change.

    `words` as rules/wordings.Wording.as_json, `digest` its sha-256; `concerns` is item id -> what it asks about, as the
    importer says (rules/vocabulary.Concern), and `marks` its item ids. Older rows have marks without a concern.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+", null=True)
    school = models.ForeignKey("organisations.School", on_delete=models.PROTECT, related_name="+", null=True)
    instrument = models.CharField(max_length=40)
    instrument_version = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField(_("版本"))
    words = models.JSONField()
    marks = models.JSONField(default=list)
    concerns = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    licence = models.CharField(_("授权说明"), max_length=500)
    permission_ref = models.CharField(_("授权编号"), max_length=120)
    imported_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    imported_at = models.DateTimeField()
    scope = Unscoped(
        reason="the words of a questionnaire that an organisation may use; holds no person's data",
        writes=("INSERT",),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["instrument", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(city__isnull=False) ^ models.Q(school__isnull=False),
                name="brought_wording_of_a_city_or_of_one_school",
            ),
            models.UniqueConstraint(
                fields=["city", "instrument", "instrument_version", "number"], name="brought_wording_number_once_a_city"
            ),
            models.UniqueConstraint(
                fields=["school", "instrument", "instrument_version", "number"],
                name="brought_wording_number_once_a_school",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.instrument_version} · {self.number}"


class MarkCheck(models.Model):
    """A second person read every item of a wording and says that its marks are right: those in `concerns`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    wording = models.OneToOneField(BroughtWording, on_delete=models.PROTECT, related_name="+")
    concerns = models.JSONField()
    checked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField()
    scope = Unscoped(
        reason="that the marks of a questionnaire's words were read by two; holds no pupil's data",
        writes=("INSERT",),
        narrow=("SELECT",),
        bureau=True,
    )

    def __str__(self) -> str:
        return str(self.wording_id)
