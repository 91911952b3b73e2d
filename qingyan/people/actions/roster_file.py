"""A roster from a file on this machine, for the command line: the same steps as in the browser, in one transaction.

Without `commit`, or when anything stands in the way, the transaction is rolled back and leaves no trace.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations
from qingyan.people.actions import roster
from qingyan.people.actions.roster_committing import commit as commit_draft
from qingyan.people.actions.roster_draft import BadRowsLeft, NotReady
from qingyan.people.contracts import ImportReport, RowProblem
from qingyan.people.models import RosterDraft
from qingyan.people.models.roster import DraftState
from qingyan.people.queries.roster_words import refusal_from, sentence
from qingyan.people.roster import keeping
from qingyan.people.roster.limits import MOST_BYTES
from qingyan.people.roster.planning import Fate

COMMAND_SIGHT = frozenset({Sight.IDENTITY, Sight.ROSTER})


class UnknownSchool(LookupError):
    """No school has this slug."""


def import_roster(
    path: Path, school_slug: str, *, by: Actor, now: datetime, commit: bool, leave_out_bad: bool = False
) -> ImportReport:
    """Check a file and, with `commit`, bring it into the register. `by` is the platform or the school's administrator.

    Raises UnknownSchool, OSError, NotVisible. Bad rows stop a commit unless `leave_out_bad`; `committed` tells.
    """
    school = organisations.school_by_slug(school_slug)
    if school is None:
        raise UnknownSchool(school_slug)
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    actor = by.at_school(school.id)
    if by.kind is Kind.SYSTEM:
        actor = replace(actor, extra_sight=by.extra_sight | COMMAND_SIGHT)
    with transaction.atomic(), entered(actor):
        draft = roster.upload(school=school, file_name=path.name, content=content, by=actor, now=now, at_once=True)
        report = _report(draft, school.name)
        if commit:
            report = replace(report, committed=_committed(draft, actor, now, leave_out_bad=leave_out_bad))
        if not report.committed:
            transaction.set_rollback(True)
    return report


def _committed(draft: RosterDraft, by: Actor, now: datetime, *, leave_out_bad: bool) -> bool:
    try:
        return commit_draft(draft=draft, by=by, now=now, leave_out_bad=leave_out_bad).state == DraftState.COMMITTED
    except (BadRowsLeft, NotReady):
        return False


def _report(draft: RosterDraft, school: str) -> ImportReport:
    kept = keeping.report_from(draft.problems)
    counts = {name: draft.plan.get(name, 0) for name in (*(fate.value for fate in Fate), "missing", "new_classes")}
    return ImportReport(
        school=school,
        file_name=draft.file_name,
        committed=False,
        refusal=str(refusal_from(draft.problem) or ""),
        rows_total=draft.rows_total,
        rows_good=draft.rows_good,
        rows_bad=draft.rows_bad,
        problems=tuple(RowProblem(one.line, one.level, sentence(one)) for one in kept.problems),
        **counts,
    )
