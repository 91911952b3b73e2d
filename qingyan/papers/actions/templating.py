"""A bureau's own Word templates: brought (only when nothing speaks against it), tried, put to use."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.papers.models import WordTemplate
from qingyan.papers.policy import KEEP_TEMPLATES, cities_of
from qingyan.papers.queries.word_check import template_faults
from qingyan.papers.rules.forms import FORMS, form
from qingyan.papers.rules.word_source import Fault
from qingyan.papers.workflow import IN_USE, RETIRED, TEMPLATE


class Faulty(Exception):
    """The file cannot be used; every fault is in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("template")
        self.faults = list(faults)


def bring(*, code: str, content: bytes, by: Actor, now: datetime) -> WordTemplate:
    """Keep a new version of this form's template, not in use yet. Raises NotVisible, NotAllowed, Faulty."""
    require(by, KEEP_TEMPLATES)
    if code not in {one.code for one in FORMS} or by.id is None:
        raise NotAllowed("template: no such form")
    faults = template_faults(content, form(code))
    if faults:
        raise Faulty(faults)
    city = cities_of(by)[0]
    last = WordTemplate.objects.filter(city_id=city, form=code).aggregate(at=Max("version"))["at"] or 0
    made = WordTemplate.objects.create(
        city_id=city,
        form=code,
        version=last + 1,
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        brought_at=now,
        brought_by_id=by.id,
    )
    _record("template.brought", made, by=by, now=now)
    return made


def put_to_use(*, template_id: UUID, by: Actor, now: datetime) -> WordTemplate:
    """Papers of this form are made with it from now on; the one before rests. Raises NotVisible, NotAllowed."""
    require(by, KEEP_TEMPLATES)
    rows = WordTemplate.objects.select_for_update().filter(city_id__in=cities_of(by))
    made = rows.filter(id=template_id).first()
    if made is None:
        raise NotVisible(KEEP_TEMPLATES.code)
    target = TEMPLATE.target(verb="use", origin=made.state)
    rows.filter(city_id=made.city_id, form=made.form, state=IN_USE).update(state=RETIRED)
    made.state = target
    made.save(update_fields=["state"])
    _record("template.used", made, by=by, now=now)
    return made


def _record(action: str, made: WordTemplate, *, by: Actor, now: datetime) -> None:
    record(
        by=by,
        action=action,
        subject_kind="template",
        subject_id=made.id,
        now=now,
        detail={"form": made.form, "version": made.version, "sha256": made.digest},
    )
