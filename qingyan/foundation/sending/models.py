"""Which forms have been sent and taken, so that one that comes again is not taken twice."""

from django.db import models

from qingyan.foundation.access.scoping import Unscoped


class SentForm(models.Model):
    """One row for each form that was taken. `digest`: of sender, address, token and content."""

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()
    location = models.CharField(max_length=400)
    scope = Unscoped(
        reason="digests and addresses of our own pages only; no row names a person",
        writes=("INSERT", "DELETE"),
        narrow=("SELECT", "INSERT"),  # homeroom teachers send forms too
    )

    def __str__(self) -> str:
        return self.digest[:8]
