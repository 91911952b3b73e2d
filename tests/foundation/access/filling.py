"""One row for each of four pupils in every protected table: two of class A and one of class B at home, one at another
school. Not a test.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction

from qingyan.consent.models import ConsentText
from qingyan.foundation.access.protection import declared
from qingyan.foundation.access.scope import entered
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.audit.api import record
from qingyan.foundation.crypto.fields import SealedText
from qingyan.organisations.models import SchoolYear
from qingyan.people.models import Student
from qingyan.screening.models import AnswerSheet, Campaign, Sitting
from tests.factories.city import Cast, Place

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FILLED_BY_THE_CAST = ("people_student", "people_enrolment", "people_guardian", "audit_entry")
# What a table's own constraints demand.
SPECIAL: dict[str, dict[str, Any]] = {
    "cases_case": {"state": "candidate", "due_at": NOW},
    "cases_casestep": {"target": "candidate"},
    "cases_referral": {"due_at": NOW, "ended_at": None},
    "cases_leave": {"due_at": NOW},
    "cases_interview": {"number": 1, "version": 1},
    "cases_crisisthread": {"due_at": NOW},
    "cases_glass": {"expires_at": NOW + timedelta(hours=1), "verdict": ""},
    "cases_careduty": {"ends_at": NOW + timedelta(hours=1)},
    "insight_rawcell": {"topic": "levels", "round": None},
    "papers_monthlyreport": {"month": NOW.date().replace(day=1)},
}
BY_TYPE: tuple[tuple[type[models.Field], Any], ...] = (
    (models.UUIDField, uuid4),
    (models.DateTimeField, NOW),
    (models.DateField, NOW.date()),
    (models.TimeField, NOW.time()),
    (models.BooleanField, False),
    (SealedText, "x"),
    (models.FloatField, 1.0),
    (models.DecimalField, 1),
    (models.JSONField, {}),
    (ArrayField, [1]),
    (models.BinaryField, b"x"),
    (models.IntegerField, 1),
    (models.TextField, ""),
)


def protected() -> Iterator[tuple[str, type[models.Model], SchoolScope]]:
    """Every table under row-level security."""
    for table, (model, scope) in sorted(declared().items()):
        if model is not None and isinstance(scope, SchoolScope):
            yield table, model, scope


def fill(cast: Cast) -> None:
    """One row for each pupil (or school) in every protected table. A transaction must be open."""
    text = ConsentText.objects.create(
        city=cast.city, purpose="screening", version=1, title="x", body="x", published_at=NOW
    )
    campaign = Campaign.objects.create(
        city=cast.city, title="x", opens_at=NOW, closes_at=datetime(2026, 12, 1, tzinfo=UTC), consent_text=text
    )
    for place, students in (
        (cast.home, [*cast.home.pupils_a[:2], cast.home.pupils_b[0]]),
        (cast.other, [cast.other.pupil]),
    ):
        platform = cast.platform(place)
        with entered(platform):
            record(by=platform, action="x", subject_kind="x", subject_id="x", now=NOW)
            for student in students:
                _fill_for(student, place, campaign)


def _fill_for(student: Student, place: Place, campaign: Campaign) -> None:
    known: dict[str, Any] = {
        "student": student, "school": place.school, "school_class_id": student.school_class_id, "campaign": campaign,
        "round": campaign,
        "instrument": "scl-90", "state": None, "hash": b"x", "other_school": place.school,
        "school_year": _year(student), "subject": student.id, "text": campaign.consent_text, "way": "online",
        "second": place.principal, "receiver": place.principal, "readers": [place.counsellor.id],
        "heirs": [place.principal.id],
    }  # fmt: skip
    made: dict[type[models.Model], models.Model] = {type(place.counsellor): place.counsellor}
    known["sitting"] = _made(Sitting, known, made)
    for table, model, _ in protected():
        if table not in FILLED_BY_THE_CAST:
            _made(model, known, made)
    assert AnswerSheet.objects.filter(sitting=made[Sitting]).exists()


def _year(student: Student) -> SchoolYear:
    """One of its own, since a school is promoted once a year."""
    first, last = NOW.date(), NOW.date() + timedelta(days=300)
    return SchoolYear.objects.create(name=student.id.hex[:20], starts_on=first, ends_on=last)


def _made(
    model: type[models.Model], known: dict[str, Any], made: dict[type[models.Model], models.Model]
) -> models.Model:
    """One row of this table, and first those that it demands; a table that others demanded is not filled twice.

    What may be empty stays empty, unless a constraint of the table wants more.
    """
    if model not in made:
        made[model] = _tried(model, _values(model, known, made)) or _tried(
            model, _values(model, known, made, full=True)
        )
    return made[model]


def _tried(model: type[models.Model], values: dict[str, Any]) -> models.Model | None:
    """The new row; the one that stands, where a school may have one alone; None when a constraint wants more."""
    try:
        with transaction.atomic():
            return model.objects.create(**values)
    except IntegrityError as error:
        return model.objects.first() if isinstance(error.__cause__, psycopg.errors.UniqueViolation) else None


def _values(model: type[models.Model], known: dict[str, Any], made: dict, *, full: bool = False) -> dict[str, Any]:
    special = SPECIAL.get(model._meta.db_table, {})
    values: dict[str, Any] = {}
    for one in model._meta.concrete_fields:
        given = special.get(one.name, known.get(one.name, known.get(one.attname)))
        if given is not None and isinstance(given, models.Model) <= bool(one.remote_field):
            values[one.attname if one.attname in known else one.name] = given
        elif one.has_default() or one.name in special or (one.null and not full):
            continue
        elif one.remote_field:
            values[one.name] = None if one.remote_field.model is model else _made(one.remote_field.model, known, made)
        elif not one.primary_key:
            values[one.name] = _plain(one)
    return values


def _plain(one: models.Field) -> Any:
    if one.choices:
        return one.choices[0][0]
    if isinstance(one, models.CharField):
        return uuid4().hex[: one.max_length]  # some must not repeat
    value = next(value for kind, value in BY_TYPE if isinstance(one, kind))
    return value() if callable(value) else value


def seat(cast: Cast) -> None:
    """Fill and commit."""
    with transaction.atomic():
        fill(cast)
