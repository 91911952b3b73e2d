"""Keeping a norm that screening computed: header and cells in one go, never changed afterwards."""

from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.instruments.contracts import NewNorm
from qingyan.instruments.models import LocalNorm, LocalNormCell
from qingyan.instruments.policy import KEEP_NORM


def keep_norm(*, new: NewNorm, by: Actor, now: datetime) -> LocalNorm:
    """Write it down. Raises NotVisible, and IntegrityError where this round has one by the same rule."""
    require(by, KEEP_NORM)
    row: LocalNorm = LocalNorm.objects.create(
        city_id=new.city_id,
        campaign=new.campaign,
        campaign_title=new.campaign_title,
        instrument=new.instrument,
        instrument_version=new.version,
        digest=new.digest,
        group_by=new.group_by,
        rule_version=new.rule_version,
        sheets=new.sheets,
        left_out=dict(new.left_out),
        too_small=[list(one) for one in new.too_small],
        computed_by_id=by.id,
        computed_at=now,
    )
    LocalNormCell.objects.bulk_create(
        LocalNormCell(
            norm=row,
            group=cell.group,
            sex=cell.sex,
            scale=cell.scale,
            n=cell.n,
            mean=cell.mean,
            sd=cell.sd,
            percentiles=dict(cell.percentiles),
        )
        for cell in new.cells
    )
    detail = {"instrument": row.instrument, "version": row.instrument_version, "cells": len(new.cells)}
    record(by=by, action="instruments.norm_kept", subject_kind="local_norm", subject_id=row.id, now=now, detail=detail)
    return row
