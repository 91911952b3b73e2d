"""Figures that leave the screen as a file leave a line in the trail: which exhibit, of which place, as what."""

from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record
from qingyan.insight.rules.cells import Place
from qingyan.insight.rules.exhibits import Exhibit


def take(*, exhibit: Exhibit, place: Place, kind: str, by: Actor, now: datetime) -> None:
    """Record it. Permission was asked when the board was read."""
    subject = f"{place.level}:{place.id}:{exhibit.code}.{kind}"
    record(by=by, action="figures.taken", subject_kind="exhibit", subject_id=subject, now=now)
