"""When a notice leaves the house: at once, after the quiet hours, or with the day's digest; when to try again. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from qingyan.notifications.rules.channels import Mode

MOST_ATTEMPTS = 6
# After each failed attempt; together about an hour, then a person has to look at the log.
PAUSES = (
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=4),
    timedelta(minutes=15),
    timedelta(minutes=40),
)
STALE_AFTER = timedelta(minutes=2)  # a delivery whose worker died is taken up again


@dataclass(frozen=True)
class Wishes:
    """What a person wants. Without quiet hours both ends are None."""

    email: Mode = Mode.NOW
    wecom: bool = True
    dingtalk: bool = True
    quiet_from: time | None = time(22, 0)
    quiet_until: time | None = time(7, 0)
    digest_at: time = time(17, 30)


def goes_out_at(wishes: Wishes, *, critical: bool, now: datetime) -> datetime:
    """The local moment from which it may be sent; `now` is local. What is critical does not wait."""
    if critical or not is_quiet(wishes, now.time()):
        return now
    return next_at(now, wishes.quiet_until or now.time())


def in_digest(wishes: Wishes, *, critical: bool) -> bool:
    """Whether the mail waits for the day's digest."""
    return wishes.email is Mode.DIGEST and not critical


def is_quiet(wishes: Wishes, at: time) -> bool:
    """Whether this time of day lies in the quiet hours, which may pass midnight."""
    start, end = wishes.quiet_from, wishes.quiet_until
    if start is None or end is None or start == end:
        return False
    return start <= at < end if start < end else at >= start or at < end


def next_at(now: datetime, at: time) -> datetime:
    """The next moment with this time of day, later than now."""
    today = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def next_try(attempts: int, *, now: datetime) -> datetime | None:
    """When to try again after so many failed attempts; None: given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + PAUSES[min(attempts, len(PAUSES)) - 1]
