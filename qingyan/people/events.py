"""Facts that people announces to higher domains, inside the transaction. They name nobody: who listens looks."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClassesChanged:
    """At this school pupils stand in other classes now, or staff holds other posts."""

    school: int
    at: datetime
