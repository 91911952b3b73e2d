"""That a named person has read the points and answers for them: who, when, and for which bytes of the file."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped


class PackSignature(models.Model):
    """One signature. It holds for exactly these bytes: after any change of the file the pack counts as unsigned."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    note = models.CharField(_("意见"), max_length=300, blank=True)
    signed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    scope = Unscoped(
        reason="who answers for the points of a city; holds no pupil's data",
        writes=("INSERT",),
        narrow=(),
        bureau=True,
    )

    class Meta:
        ordering = ["-signed_at"]
        indexes = [models.Index(fields=["city", "pack", "-signed_at"], name="signature_of_a_pack")]
        constraints = [
            models.UniqueConstraint(fields=["city", "digest", "signed_by"], name="one_signs_the_same_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.pack} · {self.digest[:12]}"
