"""Data keys, wrapped by the master key. The master key itself is never in the database."""

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now

from qingyan.foundation.access.scoping import Unscoped


class Purpose(models.TextChoices):
    """What a data key may be used for; one key never serves two purposes."""

    FIELD = "field", "sealed fields"


class DataKey(models.Model):
    """One generation of one school's key (school_id null: city-wide). Rows are added and retired, never removed.

    `master_id` names the master key that wrapped it, so that a master key can be replaced step by step.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.FIELD)
    generation = models.PositiveIntegerField()
    algorithm = models.CharField(max_length=16)
    master_id = models.UUIDField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)
    scope = Unscoped(
        reason="keys wrapped by a master key that the database never holds; needed before a scope exists",
        writes=("INSERT",),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_id", "purpose", "generation"],
                name="datakey_generation_once_a_school",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} key {self.generation} of school {self.school_id}"
