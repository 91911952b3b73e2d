"""Which words were brought, and which of them a round at a place may use."""

from uuid import UUID

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.instruments.contracts import Wording
from qingyan.instruments.models import BroughtWording
from qingyan.instruments.policy import cities_of
from qingyan.instruments.queries import library
from qingyan.instruments.rules.hazards import why_unusable
from qingyan.instruments.rules.wordings import from_json
from qingyan.organisations.api import School


class Altered(Exception):
    """The stored words are not those that were imported: their hash differs."""


def wordings_at(actor: Actor, code: str, version: str) -> list[BroughtWording]:
    """The versions that count where the actor stands (school and its city, or the own city), newest first."""
    at = _at(actor.school_id) if actor.school_id is not None else Q(city_id__in=cities_of(actor))
    rows = BroughtWording.objects.filter(at, instrument=code, instrument_version=version)
    return list(rows.select_related("imported_by").order_by("-imported_at"))


def usable_for(*, school_id: int | None, city_id: int | None) -> dict[tuple[str, str], UUID]:
    """The wording that a new round would use, by code and version: the school's newest own one, else the city's."""
    at = Q(city_id=city_id) if school_id is None else _at(school_id)
    rows = BroughtWording.objects.filter(at).only("id", "instrument", "instrument_version", "marks", "school_id")
    found: dict[tuple[str, str], UUID] = {}
    for row in sorted(rows.order_by("imported_at"), key=lambda one: one.school_id is not None):
        key = (row.instrument, row.instrument_version)
        if unusable(row) is None:
            found[key] = row.id
    return found


def unusable(row: BroughtWording) -> str | None:
    """Why no round may use it, as rules/hazards says, or None."""
    return why_unusable(library.load_plan(row.instrument, row.instrument_version).instrument, row.marks)


def schools_of(actor: Actor) -> list[School]:
    """The schools where the actor, as a counsellor, may bring words."""
    return list(School.objects.filter(id__in=[post.school_id for post in actor.posts if post.role is Role.COUNSELLOR]))


def words_of(wording_id: UUID) -> Wording:
    """The words. Raises Altered, BroughtWording.DoesNotExist."""
    row = BroughtWording.objects.get(id=wording_id)
    words = from_json(row.words)
    if words.digest != row.digest:
        raise Altered(str(wording_id))
    return words


def _at(school_id: int | None) -> Q:
    city = School.objects.filter(id=school_id).values("district__city_id")
    return Q(school_id=school_id) | Q(city_id__in=city)
