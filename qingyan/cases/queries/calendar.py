"""The calendar of a school for deadlines: the city's terms, special days, the pack's holidays, local time."""

from datetime import datetime, timedelta

from django.utils import timezone

from qingyan.cases.rules.deadlines import SchoolCalendar
from qingyan.cases.rules.pack import LONGEST_DAYS, CasePack
from qingyan.organisations import api as organisations


def calendar_of(pack: CasePack, *, school_id: int, now: datetime) -> SchoolCalendar:
    """The days with school from today on, as far as any span of the pack reaches. Two queries."""
    today = timezone.localdate(now)
    special = organisations.special_days(school_id, today, today + timedelta(days=LONGEST_DAYS))
    return SchoolCalendar(
        rules=pack.calendar,
        terms=tuple(organisations.term_spans()),
        zone=timezone.get_default_timezone(),
        special=special,
    )
