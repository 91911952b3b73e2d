"""A named person of the city signs the points: account, time and the fingerprint of the file that was read."""

from datetime import datetime

from django.db import IntegrityError, transaction

from qingyan.early_warning.models import PackSignature
from qingyan.early_warning.policy import SIGN_POINTS
from qingyan.early_warning.queries import point_packs
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record


class ChangedMeanwhile(Exception):
    """The file is not the one that was read on the page; it must be read again."""


def sign_points(*, city_id: int, digest: str, note: str, by: Actor, now: datetime) -> PackSignature:
    """From now on the points may order the city's queues. Twice is once. Raises NotVisible, ChangedMeanwhile."""
    found = point_packs.current(city_id)
    row = PackSignature(
        city_id=city_id, pack=found.pack.name, digest=found.digest, note=note, signed_by_id=by.id, signed_at=now
    )
    require(by, SIGN_POINTS, row)
    if by.id is None:
        raise NotVisible(SIGN_POINTS.code)
    if digest != found.digest:
        raise ChangedMeanwhile
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return PackSignature.objects.get(city_id=city_id, digest=found.digest, signed_by_id=by.id)
    record(
        by=by,
        action="early_warning.sign_points",
        subject_kind="pack_signature",
        subject_id=row.id,
        now=now,
        detail={"pack": row.pack, "digest": row.digest},
    )
    return row
