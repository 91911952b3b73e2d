"""A pupil's age in whole years. Pure."""

from datetime import date


def age_on(birth_date: date | None, day: date) -> int | None:
    """Whole years on that day; born on 29 February counts from 1 March. None when the birthday is not known."""
    if birth_date is None:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
