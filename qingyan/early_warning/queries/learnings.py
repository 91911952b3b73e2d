"""How far the learning of a model is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from qingyan.early_warning.models import Learning
from qingyan.early_warning.workflow import FAILED, LEARNING, UNDER_WAY

SILENT_FOR = timedelta(hours=1)  # a run of which nothing was heard for so long is lost: its worker was ended


@dataclass(frozen=True)
class Progress:
    """The last run, if there was one; whether it works now; and what is to be said of it."""

    run: Learning | None
    under_way: bool
    words: str


def newest(city_id: int) -> Learning | None:
    """The last run, or None before the first."""
    return Learning.objects.filter(city_id=city_id).select_related("asked_by").first()


def is_under_way(row: Learning | None, now: datetime) -> bool:
    """Whether it works (or waits) and was heard of lately."""
    return row is not None and row.state in UNDER_WAY and now - row.moved_at < SILENT_FOR


def progress(city_id: int, now: datetime) -> Progress:
    """As the page shows it: a run that was lost has failed."""
    run = newest(city_id)
    works = is_under_way(run, now)
    state = LEARNING.initial if run is None else run.state
    return Progress(run, works, LEARNING.state(FAILED if state in UNDER_WAY and not works else state).title)
