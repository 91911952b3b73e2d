"""Which piece of work has been done: a job may be delivered twice, its effect happens once."""

from django.db import models

from qingyan.foundation.access.scoping import Unscoped


class Receipt(models.Model):
    """One row for each job key whose effect has been committed."""

    key = models.CharField(max_length=120, primary_key=True)
    done_at = models.DateTimeField()
    scope = Unscoped(reason="job keys only; read before the job enters its scope", writes=("INSERT", "DELETE"))
