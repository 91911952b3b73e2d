"""What consent gives across its border: plain frozen values. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.consent.rules.words import Part, Said, Standing, Status, Way, Why, Word

__all__ = [
    "Asked",
    "NewText",
    "Part",
    "PrintedLink",
    "Receipt",
    "ReceiptLine",
    "Said",
    "Standing",
    "Status",
    "Text",
    "Way",
    "Why",
    "Word",
]


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


@dataclass(frozen=True)
class PrintedLink:
    """A guardian's code at the only moment when it is known. `name` is for whoever hands the paper out."""

    student: UUID
    name: str
    masked_name: str
    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Asked:
    """One purpose on the guardian's page. `before`: what was said by the same paper earlier, by nobody else."""

    purpose: str
    title: str
    explains: str
    withdrawal: str
    text: Text
    before: Word | None


@dataclass(frozen=True)
class ReceiptLine:
    """One answer on a receipt."""

    purpose: str
    text: str
    version: int
    word: Word


@dataclass(frozen=True)
class Receipt:
    """What a guardian takes away; the code for changing one's mind is printed beside it."""

    masked_name: str
    relation: str
    at: datetime
    lines: tuple[ReceiptLine, ...]
