"""A school asks to run a test; the city approves, refuses or asks back. Steps: REGISTRATION in workflow."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.instruments import api as instruments
from qingyan.organisations.api import schools_by_id
from qingyan.screening.actions.campaigns import LONGEST_ROUND, Unfit
from qingyan.screening.models import Registration, RegistrationStep
from qingyan.screening.policy import DECIDE_REGISTRATION, FILE_REGISTRATION
from qingyan.screening.queries.registrations import against
from qingyan.screening.workflow import REGISTRATION

FIELDS = (
    "instrument",
    "version",
    "title",
    "items",
    "purpose",
    "grade_from",
    "grade_to",
    "opens_on",
    "closes_on",
    "run_by",
)


@dataclass(frozen=True)
class Request:
    """What a school wants to run. `instrument` is a code of the library, or "" with a title and a number of items."""

    instrument: str
    title: str
    items: int
    purpose: str
    grade_from: int
    grade_to: int
    opens_on: date
    closes_on: date
    run_by: str


def file(*, school_id: int, given: Request, by: Actor, now: datetime) -> Registration:
    """Ask the city. Raises NotVisible, Unfit."""
    row = Registration(
        city_id=schools_by_id([school_id])[0].district.city_id, school_id=school_id, filed_by_id=by.id, filed_at=now
    )
    require(by, FILE_REGISTRATION, row)
    _fill(row, given, now)
    row.save(force_insert=True)
    return _said("file", row, "", by=by, now=now)


def file_again(*, registration: Registration, given: Request, note: str, by: Actor, now: datetime) -> Registration:
    """Answer what the city asked, with the request as it shall be now. Raises NotVisible, NotAllowed, Unfit."""
    require(by, FILE_REGISTRATION, registration)
    locked = _locked(registration)
    target = REGISTRATION.target(verb="file_again", origin=locked.state)
    _fill(locked, given, now)
    locked.state = target
    locked.save(update_fields=[*FIELDS, "state"])
    return _said("file_again", locked, note, by=by, now=now)


def withdraw(*, registration: Registration, by: Actor, now: datetime) -> Registration:
    """It is not wanted any more; what was approved opens nothing new. Raises NotVisible, NotAllowed."""
    require(by, FILE_REGISTRATION, registration)
    return _step("withdraw", registration, "", by=by, now=now)


def decide(*, verb: str, registration: Registration, note: str, by: Actor, now: datetime) -> Registration:
    """Approve, refuse or ask back; the last two say why. Approving is refused while something speaks against it.

    Raises NotVisible, NotAllowed, Unfit.
    """
    require(by, DECIDE_REGISTRATION, registration)
    if verb == "approve" and (faults := against(registration)):
        raise Unfit(faults)
    return _step(verb, registration, note, by=by, now=now)


def _step(verb: str, registration: Registration, note: str, *, by: Actor, now: datetime) -> Registration:
    locked = _locked(registration)
    locked.state = REGISTRATION.target(verb=verb, origin=locked.state, given={"note": note.strip()})
    locked.save(update_fields=["state"])
    return _said(verb, locked, note, by=by, now=now)


def _said(verb: str, row: Registration, note: str, *, by: Actor, now: datetime) -> Registration:
    RegistrationStep.objects.create(registration=row, verb=verb, note=note, by_id=by.id, at=now)
    detail = {"verb": verb, "state": row.state}
    record(by=by, action="registration.step", subject_kind="registration", subject_id=row.id, now=now, detail=detail)
    return row


def _locked(registration: Registration) -> Registration:
    return Registration.objects.select_for_update().get(id=registration.id)


def _fill(row: Registration, given: Request, now: datetime) -> None:
    """Write the request into the row. Of an instrument of the library the file says title, version and items."""
    faults = _faults(given, now)
    if faults:
        raise Unfit(faults)
    for name, value in vars(given).items():
        setattr(row, name, value)
    row.version = ""
    if given.instrument:
        plan = instruments.plan(given.instrument)
        row.version, row.title, row.items = plan.version, plan.instrument.title.zh, len(plan.items)


def _faults(given: Request, now: datetime) -> list[str]:
    known = {one.code for one in instruments.released()}
    checks = (
        (given.instrument and given.instrument not in known, _("量表库里没有这份量表。")),
        (not given.instrument and not given.title.strip(), _("量表库以外的测评，请写名称。")),
        (not given.instrument and given.items < 1, _("量表库以外的测评，请写题数。")),
        (given.grade_from > given.grade_to, _("起始年级不能高于截止年级。")),
        (given.closes_on < given.opens_on, _("结束日期不能早于开始日期。")),
        (given.closes_on < timezone.localdate(now), _("结束日期已经过去了。")),
        (
            given.closes_on - given.opens_on > LONGEST_ROUND - timedelta(days=1),
            _("一次测评不会超过 120 天，请核对日期。"),
        ),
    )
    return [said for wrong, said in checks if wrong]
