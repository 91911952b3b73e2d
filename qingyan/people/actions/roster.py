"""The roster import: upload, check, plan, commit, discard. Only `commit` changes the register, and only as previewed.

A file of about 2,000 rows is checked at once; a bigger one by a job. The file itself is read in a process of its own.
Comparing guardians needs sight of contacts, which a school's administrator has not: the actions lend it to themselves
for the comparison and say only that a contact changes, never what it was.
"""

import base64
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from django.utils import timezone

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.jobs.api import enqueue
from qingyan.organisations import api as organisations
from qingyan.organisations.api import School
from qingyan.people.actions import roster_writing
from qingyan.people.models import RosterDraft
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.queries import roster as queries
from qingyan.people.roster import keeping
from qingyan.people.roster.checking import Expectation
from qingyan.people.roster.child import examine_apart
from qingyan.people.roster.keeping import KeptProblems
from qingyan.people.roster.limits import MOST_BYTES
from qingyan.people.roster.outcome import ERROR, Examined, Problem, RosterRow
from qingyan.people.roster.planning import ClassKey, Fate, Plan, plan

CHECK_JOB = "people.check_roster"
AT_ONCE_BYTES = 192 * 1024  # about 2,000 rows as XLSX
LENT = frozenset({Sight.IDENTITY, Sight.CONTACTS, Sight.SLIPS, Sight.ROSTER})


class NotReady(Exception):
    """The draft is not in a state from which this can be done: it waits, was refused, committed or discarded."""


class BadRowsLeft(Exception):
    """There are rows with errors, and nobody has said that they may be left out."""


class PreviewOutdated(Exception):
    """The register has changed since the preview; look at the new preview first."""


def upload(
    *, school: School, file_name: str, content: bytes, by: Actor, now: datetime, at_once: bool = False
) -> RosterDraft:
    """Keep an uploaded file as a draft and check it: when small or `at_once` now, else by a job (state "waiting").

    A file that cannot be used gives a draft in state "refused" that says why.
    """
    draft = RosterDraft(
        school=school,
        uploaded_by_id=_account(by),
        uploaded_at=now,
        file_name=file_name[-200:],
        state=DraftState.WAITING,
    )
    require(by, IMPORT_ROSTER, draft)
    waits = AT_ONCE_BYTES < len(content) <= MOST_BYTES and not at_once
    if waits:
        draft.rows = base64.b64encode(content).decode()
    draft.save(force_insert=True)
    _record(draft, "roster.uploaded", by=by, now=now, detail={"bytes": len(content)})
    if waits:
        enqueue(CHECK_JOB, by=by, key=f"{CHECK_JOB}:{draft.id}", draft_id=str(draft.id))
        return draft
    return check(draft=draft, content=content, by=by, now=now)


def check_waiting(*, draft: RosterDraft, by: Actor, now: datetime) -> RosterDraft:
    """Check the file that a waiting draft keeps; a draft that no longer waits stays as it is."""
    draft = RosterDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.state != DraftState.WAITING or not draft.rows:
        return draft
    return check(draft=draft, content=base64.b64decode(draft.rows), by=by, now=now)


def check(*, draft: RosterDraft, content: bytes, by: Actor, now: datetime) -> RosterDraft:
    """Examine the file apart, plan what a commit would do, and keep both. Raises NotReady unless the draft waits."""
    require(by, IMPORT_ROSTER, draft)
    if draft.state != DraftState.WAITING:
        raise NotReady(draft.state)
    examined = _examined(draft.school, content, now)
    if examined.refusal:
        draft.state, draft.problem = DraftState.REFUSED, msgspec.json.encode(examined.refusal).decode()
        draft.rows = None
    else:
        _keep(draft, examined, by=by, now=now)
        draft.state = DraftState.CHECKED
    draft.save()
    _record(draft, "roster.checked", by=by, now=now, detail={"state": draft.state, "rows": draft.rows_total})
    return draft


def replan(*, draft: RosterDraft, by: Actor, now: datetime) -> RosterDraft:
    """Make the preview anew from the same rows, because the register has changed."""
    require(by, IMPORT_ROSTER, draft)
    draft = _locked(draft)
    problems = keeping.problems_from(draft.problems)
    examined = Examined(
        header=problems.header,
        ignored=problems.ignored,
        total=draft.rows_total,
        rows=keeping.rows_from(draft.rows).rows,
        bad=problems.bad,
        problems=[problem for problem in problems.problems if problem.code != "name_changes"],
    )
    _keep(draft, examined, by=by, now=now)
    draft.save()
    return draft


def commit(
    *, draft: RosterDraft, by: Actor, now: datetime, leave_out_bad: bool = False, skip: Collection[Fate] = ()
) -> RosterDraft:
    """Bring the good rows into the register, once; rows of the kinds in `skip` stay out.

    Raises NotReady (not checked, committed already, no good row), BadRowsLeft, PreviewOutdated: nothing has changed.
    """
    require(by, IMPORT_ROSTER, draft)
    draft = _locked(draft)
    if draft.rows_bad and not leave_out_bad:
        raise BadRowsLeft
    year = organisations.current_year(now)
    if not draft.rows_good or year is None:
        raise NotReady("nothing to import")
    rows = keeping.rows_from(draft.rows).rows
    with _lent_sight(by):
        fresh, places = _planned(rows, draft.school_id, now)
        if fresh.fingerprint() != draft.plan["fingerprint"]:
            raise PreviewOutdated
        taken = fresh.without(skip)
        voided = roster_writing.write(taken, places, school_id=draft.school_id, year=year, now=now)
    draft.state, draft.committed_at, draft.rows = DraftState.COMMITTED, now, None
    draft.plan |= {fate.value: taken.count(fate) for fate in Fate} | {"new_classes": len(taken.new_classes)}
    draft.save()
    counts = {name: draft.plan[name] for name in (*Fate, "missing", "new_classes")}
    skipped = {"skipped": len(fresh.steps) - len(taken.steps)}
    left_out = {"left_out": draft.rows_bad, "slips_voided": voided} | skipped
    _record(draft, "roster.committed", by=by, now=now, detail=counts | left_out)
    return draft


def discard(*, draft: RosterDraft, by: Actor, now: datetime) -> RosterDraft:
    """Throw the draft's rows away; the register stays as it is. Raises NotReady after a commit."""
    require(by, IMPORT_ROSTER, draft)
    draft = RosterDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.state not in (DraftState.WAITING, DraftState.CHECKED):
        raise NotReady(draft.state)
    draft.state, draft.rows, draft.problems = DraftState.DISCARDED, None, None
    draft.save()
    _record(draft, "roster.discarded", by=by, now=now, detail={})
    return draft


def _examined(school: School, content: bytes, now: datetime) -> Examined:
    year = organisations.current_year(now)
    if year is None:
        return Examined(refusal=Problem(code="no_school_year"))
    expected = Expectation(
        school_names=(school.name, school.short_name),
        school_kind=school.kind,
        year=year.starts_on.year,
        today=timezone.localdate(now),
    )
    return examine_apart(content, expected)


def _keep(draft: RosterDraft, examined: Examined, *, by: Actor, now: datetime) -> None:
    """Put rows, plan and counts into the draft. Rows that contradict the register join the bad ones."""
    with _lent_sight(by):
        planned, _ = _planned(examined.rows, draft.school_id, now)
    wrong = {problem.line for problem in planned.problems if problem.level == ERROR}
    good = [row for row in examined.rows if row.line not in wrong]
    bad = examined.bad + [keeping.written_again(row, examined.header) for row in examined.rows if row.line in wrong]
    problems = sorted(examined.problems + planned.problems, key=lambda problem: problem.line)
    draft.rows = keeping.packed(keeping.rows_of(good, planned))
    bad.sort(key=lambda row: row.line)
    draft.problems = keeping.packed(KeptProblems(examined.header, examined.ignored, bad, problems))
    draft.rows_total, draft.rows_good, draft.rows_bad = examined.total, len(good), len(bad)
    draft.plan = _counts(planned, warnings=sum(problem.level != ERROR for problem in problems))


def _counts(planned: Plan, *, warnings: int) -> dict[str, Any]:
    return {
        **{fate.value: planned.count(fate) for fate in Fate},
        "missing": len(planned.missing),
        "new_classes": len(planned.new_classes),
        "warnings": warnings,
        "fingerprint": planned.fingerprint(),
    }


def _planned(rows: list[RosterRow], school_id: int, now: datetime) -> tuple[Plan, dict[ClassKey, int]]:
    places = queries.class_ids(school_id, now=now)
    with_guardians = any(row.guardian_name or row.guardian_phone or row.guardian_relation for row in rows)
    known = queries.register(school_id, places, with_guardians=with_guardians)
    return plan(rows, queries.numbers(rows, school_id), known, places), places


def _locked(draft: RosterDraft) -> RosterDraft:
    """The draft as it is now; all open drafts of the school are locked, so that two commits go one after the other."""
    mine = RosterDraft.objects.select_for_update().filter(school_id=draft.school_id, state=DraftState.CHECKED)
    if draft.pk not in list(mine.order_by("id").values_list("pk", flat=True)):
        raise NotReady("not checked")
    return RosterDraft.objects.get(pk=draft.pk)


@contextmanager
def _lent_sight(by: Actor) -> Iterator[None]:
    with entered(replace(by, extra_sight=by.extra_sight | LENT)):
        yield


def _account(by: Actor) -> Any:
    return by.id if by.kind is Kind.STAFF else None


def _record(draft: RosterDraft, action: str, *, by: Actor, now: datetime, detail: dict[str, Any]) -> None:
    record(by=by, action=action, subject_kind="roster_draft", subject_id=draft.id, detail=detail, now=now)
