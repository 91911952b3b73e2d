"""A roster file from the command line, by the platform or by a named member of staff."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.people import api
from qingyan.people.api import UnknownSchool
from qingyan.people.contracts import ImportReport
from qingyan.people.roster.oneroster.archive import is_set

ONEROSTER = "oneroster"
COUNTS = (
    "rows_total",
    "rows_good",
    "rows_bad",
    "new",
    "changed",
    "moved",
    "unchanged",
    "duplicate",
    "elsewhere",
    "missing",
    "new_classes",
)


class Unknown(LookupError):
    """No such school or member of staff, or one who may not import there."""


class AnotherForm(ValueError):
    """The file is not of the form that was asked for."""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """The report for programs, the same for people, and whether nothing was refused."""

    result: dict[str, Any]
    lines: list[str]
    well: bool


def check_form(file: Path, form: str | None) -> None:
    """Raises AnotherForm when the content is not of this form (None: any), OSError."""
    if form is not None and is_set(file.read_bytes()) != (form == ONEROSTER):
        raise AnotherForm(f"{file} is {'not ' if form == ONEROSTER else ''}a OneRoster set (a ZIP with a manifest.csv)")


def bring_in(file: Path, school: str, *, commit: bool, leave_out_bad: bool, login: str | None) -> BroughtIn:
    """Checks, and with `commit` writes. Raises Unknown, OSError."""
    try:
        report = api.import_roster(
            file, school, by=_actor(login), now=timezone.now(), commit=commit, leave_out_bad=leave_out_bad
        )
    except UnknownSchool:
        raise Unknown(f"no school has the slug {school!r}") from None
    except NotVisible:
        raise Unknown(f"{login} may not import rosters at {school!r}") from None
    return BroughtIn(asdict(report), _lines(report), _is_well(report, commit=commit, leave_out_bad=leave_out_bad))


def _actor(login: str | None) -> Actor:
    if login is None:
        return system_actor(school_id=None, sight=frozenset(), purpose="roster import")
    account = get_user_model().objects.filter(login=login, is_active=True).first()
    if account is None:
        raise Unknown(f"no active account has the login {login!r}")
    return api.staff_actor(account, timezone.localdate())


def _is_well(report: ImportReport, *, commit: bool, leave_out_bad: bool) -> bool:
    if report.refusal:
        return False
    return report.committed if commit else leave_out_bad or not report.rows_bad


def _lines(report: ImportReport) -> list[str]:
    if report.refusal:
        return [report.refusal]
    told = [f"{one.line}: {one.text}" for one in report.problems]
    counts = ", ".join(f"{name.replace('_', ' ')} {getattr(report, name)}" for name in COUNTS)
    return [*told, f"{report.school}: {counts}", "written" if report.committed else "nothing was written"]
