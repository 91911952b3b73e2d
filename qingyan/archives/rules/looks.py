"""What a pupil and the guardians are told of who looked at the file: by role and date, nothing else (ADR 0031). Pure.

Only looks at what every pupil has are told. A look at an alert, a case or a report would tell that there is one.
"""

from collections.abc import Iterable
from datetime import date, timedelta

TOLD = ("file.read", "consent.ledger_read")
SHOWN_BACK = timedelta(days=366)
# A guardian hears of a look only then, so that no line at home follows yesterday's talk at school.
GUARDIANS_WAIT = timedelta(days=30)


def told(looks: Iterable[tuple[str, date]]) -> list[tuple[date, tuple[str, ...]]]:
    """Days with the roles that looked, the newest first. How often, who and at what leaves no trace."""
    days: dict[date, set[str]] = {}
    for roles, day in looks:
        days.setdefault(day, set()).update(role for role in roles.split(",") if role)
    return [(day, tuple(sorted(roles))) for day, roles in sorted(days.items(), reverse=True)]


def guardians_end(today: date, withheld_since: date | None) -> date:
    """The last day of which guardians hear: never a fresh one, and nothing since harm by a guardian was feared."""
    end = today - GUARDIANS_WAIT
    return end if withheld_since is None else min(end, withheld_since - GUARDIANS_WAIT)
