"""Which texts there are at a place, and which of them is asked now."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from qingyan.consent.contracts import Text
from qingyan.consent.models import ConsentText
from qingyan.consent.policy import READ_TEXTS
from qingyan.consent.queries.purposes import purposes
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.organisations.api import School


def texts(actor: Actor, purpose: str | None = None) -> list[Text]:
    """The published texts that count where the actor stands (school and its city, or the own city), newest first.

    Raises NotVisible.
    """
    require(actor, READ_TEXTS)
    cities = [post.city_id for post in actor.posts_here if post.city_id is not None]
    here = _at(actor.school_id) if actor.school_id is not None else Q(city_id__in=cities)
    rows = ConsentText.objects.filter(here, **({"purpose": purpose} if purpose else {}))
    return [as_text(row) for row in rows.order_by("-published_at", "-version")]


def text_of(actor: Actor, text_id: UUID) -> Text | None:
    """One of them, or None."""
    return next((one for one in texts(actor) if one.id == text_id), None)


def text_asked(school_id: int, purpose: str) -> Text | None:
    """The text that is asked at this school now: the school's own newest one, else the newest of the city."""
    rows = ConsentText.objects.filter(_at(school_id), purpose=purpose)
    newest = rows.order_by("-published_at", "-version")
    row = newest.filter(school_id=school_id).first() or newest.first()
    return as_text(row) if row else None


def asked_anew_since(school_id: int, purpose: str) -> datetime | None:
    """When the newest text was published that asks everybody of this school anew; None when none did."""
    asks = ConsentText.objects.filter(_at(school_id), purpose=purpose, asks_anew=True)
    return asks.aggregate(latest=Max("published_at"))["latest"]


def as_text(row: ConsentText) -> Text:
    """The contract of a row."""
    return Text(
        id=row.id,
        purpose=row.purpose,
        version=row.version,
        title=row.title,
        body=row.body,
        asks_anew=row.asks_anew,
        published_at=row.published_at,
        city=row.city_id,
        school=row.school_id,
    )


def _at(school_id: int) -> Q:
    city = School.objects.filter(id=school_id).values("district__city_id")
    return Q(school_id=school_id) | Q(city_id__in=city)


def titles_asked(school_id: int) -> list[str]:
    """The titles of everything that guardians of this school are asked about now, in the order of the purposes."""
    found = (text_asked(school_id, code) for code in purposes())
    return [text.title for text in found if text is not None]
