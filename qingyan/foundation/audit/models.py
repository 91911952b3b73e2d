"""Tables of the audit trail. Written only by the SQL function audit.append (migration 0002).

No foreign keys on purpose: an entry outlives what it speaks of.
"""

from django.db import models

from qingyan.foundation.access.scoping import SchoolScope, Unscoped

PLATFORM_CHAIN = 0  # entries of the city, the district and the platform itself


class AuditEntry(models.Model):
    """Who did or saw what, when and why. Each entry carries the hash of the one before it in its school's chain."""

    id = models.BigAutoField(primary_key=True)
    chain = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_kind = models.TextField()
    roles = models.TextField()
    action = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    student_id = models.UUIDField(null=True)
    purpose = models.TextField()
    request_id = models.TextField()
    detail = models.JSONField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()
    scope = SchoolScope(school="chain", gates=("audit",), writes=())

    class Meta:
        db_table = "audit_entry"
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_once_a_place")]
        indexes = [
            models.Index(
                fields=["chain", "student_id", "-id"],
                name="audit_entry_student",
                condition=models.Q(student_id__isnull=False),
            ),
            models.Index(fields=["chain", "subject_kind", "subject_id", "-id"], name="audit_entry_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.action}"


class AuditHead(models.Model):
    """Where a chain ends now. Locked while an entry is appended."""

    chain = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()
    scope = Unscoped(reason="lengths and hashes only; its one policy lets only the owner see rows", writes=())

    class Meta:
        db_table = "audit_head"

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}"
