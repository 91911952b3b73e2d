"""What the page of a roster draft shows: errors, warnings, and what would happen to whom, as lists to page through."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingyan.organisations.api import GRADE_NAMES
from qingyan.people.models import RosterDraft
from qingyan.people.models.roster import DraftState
from qingyan.people.models.student import Sex
from qingyan.people.queries.roster_words import field_title, sentence
from qingyan.people.roster import keeping
from qingyan.people.roster.columns import field_of
from qingyan.people.roster.keeping import KeptProblems, KeptRows, KeptStep
from qingyan.people.roster.outcome import ERROR, Problem, RosterRow
from qingyan.people.roster.planning import ClassKey, Fate
from qingyan.people.roster.sheets import correction_sheet

LISTS = {
    "errors": lazy("有错误的行"),
    "warnings": lazy("请核对"),
    Fate.NEW.value: lazy("新学生"),
    Fate.CHANGED.value: lazy("信息有变"),
    Fate.MOVED.value: lazy("换班"),
    Fate.UNCHANGED.value: lazy("没有变化"),
    "missing": lazy("名册有、文件没有"),
}
STATE_TITLES = {"state": lazy("在校状态")}


@dataclass(frozen=True)
class Line:
    """One entry of a list: the line in the file (None: not in the file), whose, where, and what there is to say."""

    line: int | None
    name: str
    place: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    """One list of the preview; its key goes into the address."""

    key: str
    label: str
    count: int


class Preview:
    """A draft, opened once. A draft that still waits for its check, or has been emptied, shows nothing."""

    def __init__(self, draft: RosterDraft) -> None:
        self.draft = draft
        self.waits = draft.state == DraftState.WAITING

    @cached_property
    def rows(self) -> KeptRows:
        """The good rows with their fates."""
        return keeping.rows_from(None if self.waits else self.draft.rows)

    @cached_property
    def problems(self) -> KeptProblems:
        """The bad rows and all problems."""
        return keeping.problems_from(self.draft.problems)

    def tabs(self) -> list[Tab]:
        """The lists that have something in them, errors first; none once the rows are gone."""
        counts = {"errors": len(self.problems.bad), **(self.draft.plan if self.rows.rows else {})}
        return [Tab(key, str(label), counts[key]) for key, label in LISTS.items() if counts.get(key)]

    def lines(self, key: str) -> Sequence[Line]:
        """The entries of one list; none for an unknown key."""
        if key == "errors":
            return _bad(self.problems)
        if key == "warnings":
            return _warned(self.problems, self.rows)
        return _missing(self.rows) if key == "missing" else _fated(self.rows, key)

    def new_classes(self) -> list[str]:
        """The names of the classes that a commit would open."""
        return [class_name(place) for place in self.rows.new_classes]


def class_name(place: ClassKey) -> str:
    """As a class is written: 七年级（3）班."""
    return f"{GRADE_NAMES[place[0]]}（{place[1]}）班"


def correction_file(draft: RosterDraft) -> bytes:
    """XLSX of the rows with errors, each with the reasons, ready to be corrected and uploaded again."""
    kept = keeping.problems_from(draft.problems)
    words = _sentences(kept.problems, ERROR)
    rows = [(bad.cells, _("第 %(line)s 行：") % {"line": bad.line} + " ".join(words[bad.line])) for bad in kept.bad]
    return correction_sheet(title=_("需要修改的行"), header=kept.header, rows=rows, column=_("问题"))


def _missing(rows: KeptRows) -> list[Line]:
    return [Line(None, one.name, class_name(one.place) if one.place else _("往年的班级")) for one in rows.missing]


def _bad(kept: KeptProblems) -> list[Line]:
    words = _sentences(kept.problems, ERROR)
    at = {field_of(title): index for index, title in enumerate(kept.header)}
    return [
        Line(
            bad.line,
            bad.cells[at["name"]] if len(bad.cells) > at["name"] else "",
            " ".join(bad.cells[at[field]] for field in ("grade", "class") if len(bad.cells) > at[field]),
            tuple(words[bad.line]),
        )
        for bad in kept.bad
    ]


def _warned(kept: KeptProblems, rows: KeptRows) -> list[Line]:
    words = _sentences(kept.problems, "warning")
    return [
        Line(row.line, row.name, class_name((row.grade, row.class_number)), tuple(words[row.line]))
        for row in rows.rows
        if row.line in words
    ]


def _fated(rows: KeptRows, fate: str) -> list[Line]:
    said = {row.line: row for row in rows.rows}
    return [_step(step, said[step.line]) for step in rows.steps if step.fate == fate]


def _step(step: KeptStep, row: RosterRow) -> Line:
    place = class_name((row.grade, row.class_number))
    if step.was:
        place = f"{class_name(step.was)} → {place}"
    return Line(step.line, row.name, place, tuple(_change(name, step, row) for name in step.changes))


def _change(name: str, step: KeptStep, row: RosterRow) -> str:
    """A field with its value until now and its new one; of numbers and guardians only that they change."""
    title = str(STATE_TITLES[name]) if name in STATE_TITLES else field_title(name)
    if name not in step.old:
        return title
    said = {"field": title, "old": _shown(name, step.old[name]), "new": _shown(name, str(getattr(row, name)))}
    return _("%(field)s：%(old)s → %(new)s") % said


def _shown(name: str, value: str) -> str:
    return str(Sex(value).label) if name == "sex" and value else value or _("（空）")


def _sentences(problems: Sequence[Problem], level: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        if problem.level == level:
            found[problem.line].append(sentence(problem))
    return found
