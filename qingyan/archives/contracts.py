"""What crosses the border of archives: the content that a writer pushes with an entry, and how it is read on the page.

Archives knows no writer: a higher domain writes entries with `api.add_entry` and registers a reader for its kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

Number = int | float


@dataclass(frozen=True)
class ResultContent:
    """Content of an entry of kind "result": the scores as stored, no words (the reader knows the instrument).

    values: scale id -> value or None; bands: scale id -> level; not_scorable: scale id -> reason;
    screen: True, False or None (undecided, or the instrument has no screening rule);
    screen_rule: by which of its rules.
    """

    instrument: str
    version: str
    campaign: str
    values: Mapping[str, Number | None]
    bands: Mapping[str, str] = field(default_factory=dict)
    not_scorable: Mapping[str, str] = field(default_factory=dict)
    screen: bool | None = None
    quality: Mapping[str, Any] = field(default_factory=dict)
    screen_rule: str = ""

    def as_json(self) -> dict[str, Any]:
        """As Entry.content keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class AlertContent:
    """Content of an entry of kind "alert" or "acknowledgement": which alert, which level, the reasons in words."""

    alert: str
    level: str
    instrument: str
    because: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As Entry.content keeps it."""
        return {**asdict(self), "because": list(self.because)}


@dataclass(frozen=True)
class ScaleReading:
    """One scale of a result in words: its title, the same in plain words, the band.

    tone: a level colour or "neutral". note: why there is no value, or the norm. charted: whether it is drawn over
    time; the charted scales of one instrument share a unit. lowest, highest: what is possible, None when not fixed.
    """

    scale: str
    title: str
    value: Number | None
    plain: str = ""
    words: str = ""
    tone: str = "neutral"
    note: str = ""
    charted: bool = False
    lowest: Number | None = None
    highest: Number | None = None

    @property
    def share(self) -> int | None:
        """Where the value lies between lowest and highest, 0 to 100; None without a value or a fixed range."""
        if self.value is None or self.lowest is None or self.highest is None or self.highest <= self.lowest:
            return None
        return round(
            100 * (min(max(self.value, self.lowest), self.highest) - self.lowest) / (self.highest - self.lowest)
        )


@dataclass(frozen=True)
class Reading:
    """What the file page shows of one entry.

    group: entries of one group (an instrument) become one chart over time. mark: a short word with the tone's colour.
    link: an address, relative to the school's sub-site, where more of it can be seen by those who may.
    """

    title: str
    summary: str = ""
    mark: str = ""
    tone: str = "neutral"
    group: str = ""
    scales: tuple[ScaleReading, ...] = ()
    notes: tuple[str, ...] = ()
    link_label: str = ""
    link: str = ""


@dataclass(frozen=True)
class EntryFacts:
    """One stored entry, as its reader gets it."""

    kind: str
    at: datetime
    title: str
    source: UUID
    student: UUID
    content: Mapping[str, Any]


Reader = Callable[[EntryFacts, str], Reading]


@dataclass(frozen=True)
class ToldLook:
    """One day on which somebody looked at a file, and the roles as stored codes: all that a family is told."""

    on: date
    roles: tuple[str, ...]
