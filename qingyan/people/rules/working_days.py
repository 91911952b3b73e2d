"""Working days, Monday to Friday. Public holidays are not known here, so a deadline is never later than the law's."""

from datetime import date, timedelta

TRANSFER_ANSWER_DAYS = 10
WEEKEND = (5, 6)


def add_working_days(start: date, days: int) -> date:
    """The day that lies this many working days after `start`. `days` is 0 or more."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() not in WEEKEND
    return day
