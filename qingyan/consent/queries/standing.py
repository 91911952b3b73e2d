"""What stands for a pupil, or for many with the same number of statements.

The ledger is read in a scope of its own: a homeroom teacher's role has no sight of it, and gets the outcome only.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import models
from django.utils import timezone

from qingyan.consent.contracts import Part, Said, Standing, Word
from qingyan.consent.models import AssentEntry, ConsentEntry
from qingyan.consent.queries.purposes import purpose as purpose_of
from qingyan.consent.queries.texts import asked_anew_since
from qingyan.consent.rules import standing as rules
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.people.api import age_on
from qingyan.people.contracts import Pupil

WHY = "consent standing"


@contextmanager
def reading_the_ledger(school_id: int, *more: Sight) -> Iterator[Actor]:
    """A scope that sees guardians' words (and whatever is named), for as long as the block lasts."""
    reader = system_actor(school_id=school_id, sight=frozenset({Sight.CONSENT, *more}), purpose=WHY)
    with entered(reader):
        yield reader


def standing(pupil: Pupil, purpose: str, *, on: date) -> Standing:
    """Both sides of one pupil; for the pupil's own pages and for begin. Raises KeyError for an unknown purpose."""
    rule = purpose_of(purpose)
    with reading_the_ledger(pupil.school, Sight.ANSWERS):
        guardian = _latest(ConsentEntry.objects.all(), pupil.school, [pupil.id], purpose)
        own = _latest(AssentEntry.objects.exclude(word=Word.NOT_NOW), pupil.school, [pupil.id], purpose)
    return rules.standing(
        rule,
        age=age_on(pupil.birth_date, on),
        guardian=guardian.get(pupil.id),
        own=own.get(pupil.id),
        on=on,
        since=asked_anew_since(pupil.school, purpose),
    )


def standings(pupils: Sequence[Pupil], purpose: str, *, on: date) -> dict[UUID, Part]:
    """The guardian's side of many pupils of one school, with two statements however many they are.

    A pupil's own word is not read here, so that no list of anybody can show it. Raises KeyError.
    """
    if not pupils:
        return {}
    rule, school = purpose_of(purpose), pupils[0].school
    since = asked_anew_since(school, purpose)
    with reading_the_ledger(school):
        said = _latest(ConsentEntry.objects.all(), school, [one.id for one in pupils], purpose)
    return {
        one.id: rules.guardian_part(rule, age=age_on(one.birth_date, on), said=said.get(one.id), on=on, since=since)
        for one in pupils
    }


def _latest(rows: "models.QuerySet", school: int, ids: Collection[UUID], purpose: str) -> dict[UUID, Said]:
    day = "said_on" if rows.model is ConsentEntry else "recorded_at"
    found = rows.filter(school_id=school, purpose=purpose, student_id__in=ids)
    found = found.order_by("student_id", "-recorded_at").distinct("student_id")
    return {
        student: Said(Word(word), when if day == "said_on" else timezone.localdate(when), published)
        for student, word, when, published in found.values_list("student_id", "word", day, "text__published_at")
    }
