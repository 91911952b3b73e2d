"""When a class may begin: in its slots, or in the whole window when no regular slot is meant for it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SOONEST, LATEST = timedelta(seconds=5), timedelta(minutes=5)  # how often a waiting page may ask


@dataclass(frozen=True)
class Span:
    """A slot as the rule sees it. `classes` are ids; empty means every class of the school."""

    starts_at: datetime
    ends_at: datetime
    regular: bool
    classes: frozenset[int] = frozenset()

    def fits(self, class_id: int) -> bool:
        """Whether the slot is meant for this class."""
        return not self.classes or class_id in self.classes

    def is_on(self, now: datetime) -> bool:
        """Whether it runs now; the end itself is outside."""
        return self.starts_at <= now < self.ends_at


def may_begin(spans: Iterable[Span], *, class_id: int, now: datetime) -> bool:
    """Whether a pupil of the class may begin now. A make-up slot only adds time and never takes any away."""
    fitting = [span for span in spans if span.fits(class_id)]
    return not any(span.regular for span in fitting) or any(span.is_on(now) for span in fitting)


def next_start(spans: Iterable[Span], *, class_id: int, now: datetime) -> datetime | None:
    """When the class's next slot begins, or None."""
    return min((span.starts_at for span in spans if span.fits(class_id) and span.starts_at > now), default=None)


def look_again(starts_at: datetime, *, now: datetime) -> int:
    """After how many seconds a page that waits for this slot asks again: when it begins, but now and then before."""
    wait = min(max(starts_at - now + timedelta(seconds=1), SOONEST), LATEST)
    return int(wait.total_seconds())
