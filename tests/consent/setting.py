"""A school with a text, for the tests of consent. Not a test."""

from datetime import UTC, date, datetime

from qingyan.consent.actions.publishing import publish_text
from qingyan.consent.contracts import NewText, Text
from qingyan.foundation.access.scope import entered
from tests.factories.city import Cast, Place, make_pupil

NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)
TODAY = date(2026, 11, 26)


def publish(cast: Cast, place: Place | None = None, *, now: datetime = NOW, **changed) -> Text:
    """A text of screening at this school."""
    place = place or cast.home
    admin = cast.actor(place.school_admin, place)
    new = NewText(
        **{"purpose": "screening", "title": "告家长书", "body": "谁能看到。", "school_id": place.school.id, **changed}
    )
    with entered(admin):
        return publish_text(new=new, by=admin, now=now)


def young_pupil(cast: Cast, name: str = "李小满"):
    """A pupil of twelve in class A, which is grade 10 only for the sake of the instruments."""
    with entered(cast.platform(cast.home)):
        return make_pupil(cast.home.class_a, name, 2014)
