"""Which words were brought, and which of them a round at a place may use."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.instruments.contracts import Instrument, Wording
from qingyan.instruments.models import BroughtWording, MarkCheck
from qingyan.instruments.policy import cities_of
from qingyan.instruments.queries import library
from qingyan.instruments.rules.hazards import why_unusable, youngest
from qingyan.instruments.rules.wordings import from_json
from qingyan.organisations.api import School


class Altered(Exception):
    """The stored words are not those that were imported: their hash differs."""


@dataclass(frozen=True)
class Usable:
    """A wording that a round may use, and the youngest age that may be asked its items."""

    id: UUID
    youngest: int


def wordings_at(actor: Actor, code: str, version: str) -> list[BroughtWording]:
    """The versions that count where the actor stands (school and its city, or the own city and, since an officer may
    be the second person for a school with one counsellor, those of its schools), newest first."""
    cities = cities_of(actor)
    at = _at(actor.school_id)
    if actor.school_id is None:
        at = Q(city_id__in=cities) | Q(school__district__city_id__in=cities)
    rows = BroughtWording.objects.filter(at, instrument=code, instrument_version=version)
    return list(rows.select_related("imported_by", "school__district").order_by("-imported_at"))


def usable_for(*, school_id: int | None, city_id: int | None) -> dict[tuple[str, str], Usable]:
    """The wording that a new round would use, by code and version: the school's newest own one, else the city's."""
    at = Q(city_id=city_id) if school_id is None else _at(school_id)
    rows = list(BroughtWording.objects.filter(at).defer("words").order_by("imported_at"))
    checks = checks_of(rows)
    found: dict[tuple[str, str], Usable] = {}
    for row in sorted(rows, key=lambda one: one.school_id is not None):
        if unusable(row, checks.get(row.id)) is None:
            found[row.instrument, row.instrument_version] = Usable(row.id, youngest(_instrument(row), row.concerns))
    return found


def checks_of(rows: Iterable[BroughtWording]) -> dict[UUID, MarkCheck]:
    """The second person's confirmation of each, where there is one."""
    found = MarkCheck.objects.filter(wording_id__in=[row.id for row in rows]).select_related("checked_by")
    return {one.wording_id: one for one in found}


def unusable(row: BroughtWording, check: MarkCheck | None) -> str | None:
    """Why no round may use it, as rules/hazards says, or None. A confirmation counts for exactly the stored marks."""
    confirmed = check is not None and check.concerns == row.concerns and check.checked_by_id != row.imported_by_id
    return why_unusable(_instrument(row), row.marks, row.concerns, confirmed=confirmed)


def concerns_of(wording_id: UUID) -> dict[str, str]:
    """Item id -> concern of one wording. Raises BroughtWording.DoesNotExist."""
    found: dict[str, str] = BroughtWording.objects.values_list("concerns", flat=True).get(id=wording_id)
    return found


# For a statement that has joined a wording's id: its marks as JSON text, "{}" where there is none.
CONCERNS = "coalesce((SELECT w.concerns FROM instruments_broughtwording w WHERE w.id = {wording}), '{{}}')::text"


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


def _instrument(row: BroughtWording) -> Instrument:
    return library.load_plan(row.instrument, row.instrument_version).instrument


def _at(school_id: int | None) -> Q:
    city = School.objects.filter(id=school_id).values("district__city_id")
    return Q(school_id=school_id) | Q(city_id__in=city)
