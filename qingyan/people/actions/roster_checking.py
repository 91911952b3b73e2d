"""Checking a roster: the file is examined apart, its good rows are compared and kept, part by part."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.organisations import api as organisations
from qingyan.organisations.api import School
from qingyan.people.actions.roster_draft import NotReady, Tell, lent_sight, locked, note, quiet
from qingyan.people.actions.roster_elsewhere import Looking
from qingyan.people.models import RosterDraft, RosterPart
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.queries.roster_register import Register, counted
from qingyan.people.roster import choosing, keeping
from qingyan.people.roster.checking import Expectation
from qingyan.people.roster.child import Answer, examined_apart
from qingyan.people.roster.keeping import Report
from qingyan.people.roster.outcome import ERROR, Problem, Refused, RosterRow
from qingyan.people.roster.planning import Fate, Numbers, Step, pupil_twice

Compared = tuple[list[RosterRow], list[Numbers] | None]


def check_waiting(*, draft: RosterDraft, by: Actor, now: datetime, tell: Tell = quiet) -> RosterDraft:
    """Check the file that a waiting draft keeps; a draft that no longer waits stays as it is."""
    draft = RosterDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.state != DraftState.WAITING or not draft.file:
        return draft
    return check(draft=draft, content=base64.b64decode(draft.file), by=by, now=now, tell=tell)


def check(*, draft: RosterDraft, content: bytes, by: Actor, now: datetime, tell: Tell = quiet) -> RosterDraft:
    """Examine the file apart, plan what a commit would do, and keep both. Raises NotReady unless the draft waits."""
    require(by, IMPORT_ROSTER, draft)
    if draft.state != DraftState.WAITING:
        raise NotReady(draft.state)
    expected = _expected(draft.school, now)
    draft.file = None
    if expected is None:
        _refuse(draft, Problem(code="no_school_year"))
    else:
        try:
            with transaction.atomic(), examined_apart(content, expected, waiting=lambda: tell("reading", 0, 0)) as said:
                _compare(draft, said, by=by, now=now, tell=tell)
        except Refused as refused:
            _refuse(draft, refused.problem)
    draft.save()
    note(draft, "roster.checked", by=by, now=now, detail={"state": draft.state, "rows": draft.rows_total})
    return draft


def replan(*, draft: RosterDraft, by: Actor, now: datetime, tell: Tell = quiet) -> RosterDraft:
    """Make the preview anew from the same rows, because the register has changed. Choices that still fit stay."""
    require(by, IMPORT_ROSTER, draft)
    draft = locked(draft)
    report = keeping.report_from(draft.problems)
    report.problems = [problem for problem in report.problems if problem.code != "name_changes"]
    _keep(draft, report, _kept_rows(draft), by=by, now=now, tell=tell)
    draft.state, draft.asked = DraftState.CHECKED, {}
    draft.save()
    note(draft, "roster.compared_again", by=by, now=now, detail={"rows": draft.rows_good})
    return draft


def give_up(*, draft: RosterDraft, by: Actor, now: datetime) -> RosterDraft:
    """A check that could not be finished: the draft says so, and nothing has changed."""
    require(by, IMPORT_ROSTER, draft)
    draft.file = None
    _refuse(draft, Problem(code="check_stopped"))
    draft.save()
    note(draft, "roster.check_failed", by=by, now=now, detail={})
    return draft


def _expected(school: School, now: datetime) -> Expectation | None:
    year = organisations.current_year(now)
    if year is None:
        return None
    return Expectation(
        school_names=(school.name, school.short_name),
        school_kind=school.kind,
        year=year.starts_on.year,
        today=timezone.localdate(now),
    )


def _refuse(draft: RosterDraft, problem: Problem) -> None:
    draft.state, draft.problem = DraftState.REFUSED, msgspec.json.encode(problem).decode()


def _compare(draft: RosterDraft, said: Answer, *, by: Actor, now: datetime, tell: Tell) -> None:
    examined = said.examined
    if examined.refusal:
        raise Refused(examined.refusal.code, field=examined.refusal.field, **examined.refusal.params)
    report = Report(examined.header, examined.ignored, examined.bad, examined.problems)
    draft.rows_total = examined.total
    _keep(draft, report, ((rows, None) for rows in said.parts()), by=by, now=now, tell=tell)
    draft.state = DraftState.CHECKED


def _kept_rows(draft: RosterDraft) -> Iterator[Compared]:
    for part in RosterPart.objects.filter(draft=draft).order_by("number").iterator(chunk_size=1):
        steps = keeping.steps_from(part.rows)
        yield [step.row for step in steps], [step.own for step in steps]


@dataclass
class _Sum:
    """What is kept of a comparison while its parts go by."""

    report: Report
    choices: dict[str, str]
    counts: dict[str, int] = field(default_factory=dict)
    good: int = 0
    kept_choices: dict[str, str] = field(default_factory=dict)
    warned: set[int] = field(default_factory=set)

    def without(self, rows: Iterable[RosterRow], problems: Iterable[Problem]) -> None:
        """Rows that contradict the register join the bad ones."""
        found = list(problems)
        wrong = {problem.line for problem in found if problem.level == ERROR}
        self.report.problems += found
        self.report.bad += [keeping.written_again(row, self.report.header) for row in rows if row.line in wrong]

    def add(self, steps: list[Step], sign: int = 1) -> None:
        """Count these steps, or take them out of the count."""
        self.good += sign * len(steps)
        for name, count in counted(steps).items():
            self.counts[name] = self.counts.get(name, 0) + sign * count


def _keep(
    draft: RosterDraft, report: Report, parts: Iterator[Compared], *, by: Actor, now: datetime, tell: Tell
) -> None:
    """Put rows, plan and counts into the draft, one part after the other."""
    total = _Sum(report, draft.choices, {fate.value: 0 for fate in Fate})
    with lent_sight(by):
        register, looking = Register(draft.school_id, now=now), Looking(by=by, now=now)
        for number, (rows, numbers) in enumerate(parts):
            planned = register.plan(rows, numbers or register.numbers(rows))
            steps = looking.marked(planned.steps)
            total.without(rows, planned.problems)
            total.add(steps)
            _store(draft, number, steps, total)
            tell("comparing", total.good, draft.rows_total)
        report.missing = [keeping.missing_of(pupil) for pupil in register.missing()]
    _take_out_doubles(draft, register, total)
    report.new_classes = sorted(looking.needed - set(register.places))
    report.bad.sort(key=lambda row: row.line)
    report.problems.sort(key=lambda problem: problem.line)
    draft.problems, draft.choices = keeping.packed(report), total.kept_choices
    draft.rows_good, draft.rows_bad = total.good, len(report.bad)
    warnings = sum(problem.level != ERROR for problem in report.problems)
    rest = {"missing": len(report.missing), "new_classes": len(report.new_classes), "warnings": warnings}
    draft.plan = total.counts | rest | {"unasked": looking.unasked}


def _store(draft: RosterDraft, number: int, steps: list[Step], total: _Sum) -> None:
    """One part, in place of the one that had its number."""
    for step in steps:
        if choice := total.choices.get(str(step.row.line)):
            total.kept_choices |= choosing.still_fitting(step, choice)
    lines = [step.row.line for step in steps]
    counts = counted(steps) | {"first": min(lines, default=0), "last": max(lines, default=0)}
    fresh = {"school_id": draft.school_id, "counts": counts, "rows": keeping.packed(steps)}
    RosterPart.objects.update_or_create(draft=draft, number=number, defaults=fresh)


def _take_out_doubles(draft: RosterDraft, register: Register, total: _Sum) -> None:
    """Rows of different parts that mean one pupil of the register are seen only at the end."""
    lines = {line: same for same in register.again.values() for line in same}
    if not lines:
        return
    for part in RosterPart.objects.filter(draft=draft).order_by("number").iterator(chunk_size=1):
        steps = keeping.steps_from(part.rows)
        wrong = [step for step in steps if step.row.line in lines]
        if not wrong:
            continue
        problems = [pupil_twice(step.row.line, lines[step.row.line]) for step in wrong]
        total.without([step.row for step in wrong], problems)
        total.add(wrong, -1)
        _store(draft, part.number, [step for step in steps if step.row.line not in lines], total)
