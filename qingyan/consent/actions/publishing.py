"""Publishing a text. What was published never changes; a new text is a new version at its place."""

from datetime import datetime

from django.db.models import Max

from qingyan.consent.contracts import NewText, Text
from qingyan.consent.models import ConsentText
from qingyan.consent.policy import PUBLISH_CITY_TEXT, PUBLISH_TEXT
from qingyan.consent.queries.purposes import purpose as purpose_of
from qingyan.consent.queries.texts import as_text
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record


def publish_text(*, new: NewText, by: Actor, now: datetime) -> Text:
    """Publish the next version at its place. Raises NotVisible, KeyError for an unknown purpose."""
    row = ConsentText(
        city_id=new.city_id,
        school_id=new.school_id,
        purpose=purpose_of(new.purpose).code,
        title=new.title,
        body=new.body,
        asks_anew=new.asks_anew,
        published_by_id=by.id,
        published_at=now,
    )
    require(by, PUBLISH_CITY_TEXT if new.school_id is None else PUBLISH_TEXT, row)
    here = ConsentText.objects.filter(city_id=new.city_id, school_id=new.school_id, purpose=new.purpose)
    row.version = (here.aggregate(last=Max("version"))["last"] or 0) + 1
    row.save(force_insert=True)
    record(
        by=by,
        action="consent.text_published",
        subject_kind="consent_text",
        subject_id=row.id,
        detail={"purpose": row.purpose, "version": row.version, "asks_anew": row.asks_anew},
        now=now,
    )
    return as_text(row)
