"""What consent gives across its border: plain frozen values. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.consent.rules.words import Part, Said, Standing, Status, Way, Why, Word

__all__ = ["NewText", "Part", "Said", "Standing", "Status", "Text", "Way", "Why", "Word"]


@dataclass(frozen=True)
class Text:
    """One published text; it never changes. `asks_anew`: what was agreed to before it counts no more."""

    id: UUID
    purpose: str
    version: int
    title: str
    body: str
    asks_anew: bool
    published_at: datetime
    city: int | None
    school: int | None


@dataclass(frozen=True)
class NewText:
    """A text that somebody wants to publish, of a school or of a city."""

    purpose: str
    title: str
    body: str
    asks_anew: bool = True
    city_id: int | None = None
    school_id: int | None = None
