"""What the page of a roster draft shows: errors, warnings, and what would happen to whom, as lists to page through."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingyan.organisations.api import GRADE_NAMES
from qingyan.people.models import RosterDraft, RosterPart
from qingyan.people.models.roster import DraftState
from qingyan.people.models.student import Sex
from qingyan.people.queries.roster_words import field_title, sentence
from qingyan.people.roster import choosing, keeping
from qingyan.people.roster.columns import field_of
from qingyan.people.roster.keeping import Report
from qingyan.people.roster.outcome import ERROR, Problem
from qingyan.people.roster.planning import Candidate, ClassKey, Fate, Step
from qingyan.people.roster.sheets import correction_sheet

LISTS = {
    "errors": lazy("有错误的行"),
    "warnings": lazy("请核对"),
    Fate.NEW.value: lazy("新学生"),
    Fate.CHANGED.value: lazy("信息有变"),
    Fate.MOVED.value: lazy("换班"),
    Fate.DUPLICATE.value: lazy("可能重复"),
    Fate.ELSEWHERE.value: lazy("在别的学校"),
    Fate.UNCHANGED.value: lazy("没有变化"),
    "missing": lazy("名册有、文件没有"),
}
STATE_TITLES = {"state": lazy("在校状态")}


@dataclass(frozen=True)
class Option:
    """One way to treat a row, for its field in the table."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One entry of a list: the line in the file (None: not in the file), whose, where, and what there is to say."""

    line: int | None
    name: str
    place: str
    notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


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
        self.shows_rows = draft.state in (DraftState.CHECKED, DraftState.IMPORTING)

    @cached_property
    def report(self) -> Report:
        """The bad rows, all problems, who is missing."""
        return keeping.report_from(self.draft.problems)

    def tabs(self) -> list[Tab]:
        """The lists that have something in them, errors first; none once the rows are gone."""
        counts = {"errors": len(self.report.bad), **(self.draft.plan if self.shows_rows else {})}
        return [Tab(key, str(label), counts[key]) for key, label in LISTS.items() if counts.get(key)]

    def lines(self, key: str) -> Sequence[Line]:
        """The entries of one list; none for an unknown key."""
        if key == "errors":
            return _bad(self.report)
        if not self.shows_rows:
            return ()
        if key == "missing":
            return _missing(self.report)
        if key == "warnings":
            return _Warned(self.draft, _sentences(self.report.problems, "warning"))
        return _OfKind(self.draft, key)

    def new_classes(self) -> list[str]:
        """The names of the classes that a commit would open."""
        return [class_name(place) for place in self.report.new_classes] if self.shows_rows else []

    def left_out(self) -> int:
        """How many good rows stay out, as things stand."""
        return choosing.left_out(self.draft.plan, self.draft.choices) if self.shows_rows else 0


class _Parted(Sequence[Line]):
    """Lines that are spread over the parts of a draft: only the parts of the page that is shown are opened."""

    def __init__(self, draft: RosterDraft, held: Sequence[tuple[int, int]]) -> None:
        self.draft, self.held = draft, held

    def __len__(self) -> int:
        return sum(count for _, count in self.held)

    def __getitem__(self, wanted: Any) -> Any:
        places = range(len(self))[wanted]
        if isinstance(places, int):
            return self._between(places, places + 1)[0]
        return self._between(places.start, places.stop)

    def _between(self, start: int, stop: int) -> list[Line]:
        found: list[Line] = []
        before = 0
        for number, count in self.held:
            if before < stop and start < before + count:
                found += self._of_part(number)[max(start - before, 0) : stop - before]
            before += count
        return found

    def _of_part(self, number: int) -> list[Line]:
        part = RosterPart.objects.get(draft=self.draft, number=number)
        return [line for step in keeping.steps_from(part.rows) if (line := self._line(step))]

    def _line(self, step: Step) -> Line | None:
        raise NotImplementedError


class _OfKind(_Parted):
    """The rows of one kind."""

    def __init__(self, draft: RosterDraft, kind: str) -> None:
        parts = RosterPart.objects.filter(draft=draft).order_by("number").values_list("number", "counts")
        super().__init__(draft, [(number, counts.get(kind, 0)) for number, counts in parts])
        self.kind = kind

    def _line(self, step: Step) -> Line | None:
        if step.fate != self.kind:
            return None
        place = class_name(step.place)
        if step.was:
            place = f"{class_name(step.was)} → {place}"
        notes = tuple(_change(name, step) for name in step.changes)
        notes += tuple(_candidate(one) for one in step.candidates)
        return Line(step.row.line, step.row.name, place, notes, _options(step, self.draft.choices))


class _Warned(_Parted):
    """The rows about which there is something to look at. Few as a rule: where they stand is found by looking."""

    def __init__(self, draft: RosterDraft, words: dict[int, list[str]]) -> None:
        self.words = words
        parts = RosterPart.objects.filter(draft=draft).order_by("number").values_list("number", "counts")
        bounds = [(number, counts.get("first", 0), counts.get("last", 0)) for number, counts in parts]
        held = [(number, sum(first <= line <= last for line in words)) for number, first, last in bounds]
        super().__init__(draft, held)

    def _line(self, step: Step) -> Line | None:
        if step.row.line not in self.words:
            return None
        return Line(step.row.line, step.row.name, class_name(step.place), tuple(self.words[step.row.line]))


def class_name(place: ClassKey) -> str:
    """As a class is written: 七年级（3）班."""
    return f"{GRADE_NAMES[place[0]]}（{place[1]}）班"


def correction_file(draft: RosterDraft) -> bytes:
    """XLSX of the rows with errors, each with the reasons, ready to be corrected and uploaded again."""
    kept = keeping.report_from(draft.problems)
    words = _sentences(kept.problems, ERROR)
    rows = [(bad.cells, _("第 %(line)s 行：") % {"line": bad.line} + " ".join(words[bad.line])) for bad in kept.bad]
    return correction_sheet(title=_("需要修改的行"), header=kept.header, rows=rows, column=_("问题"))


def _missing(report: Report) -> list[Line]:
    return [Line(None, one.name, class_name(one.place) if one.place else _("往年的班级")) for one in report.missing]


def _bad(kept: Report) -> list[Line]:
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


def _options(step: Step, choices: dict[str, str]) -> tuple[Option, ...]:
    """How this row can be treated; a row that changes nothing needs no choice."""
    if step.fate is Fate.UNCHANGED:
        return ()
    now = choosing.choice_of(step, choices)
    if step.fate is Fate.ELSEWHERE:
        said = [(choosing.TAKE, _("向原学校请求转来")), (choosing.LEAVE, _("不导入"))]
    elif step.fate not in choosing.ASKED:
        said = [(choosing.TAKE, _("导入")), (choosing.LEAVE, _("不导入"))]
    else:
        said = [(choosing.LEAVE, _("先不导入")), (choosing.NEW, _("是另一名学生，新建档案"))]
        said += [
            (f"{choosing.LINK}{one.student}", _("就是%(who)s，并入其档案") % {"who": _who(one)})
            for one in step.candidates
        ]
    return tuple(Option(value, label, value == now) for value, label in said)


def _candidate(one: Candidate) -> str:
    return _("名册里已有%(who)s，姓名和出生日期相同，号码不同") % {"who": _who(one)}


def _who(one: Candidate) -> str:
    return _("%(place)s的%(name)s") % {"place": class_name(one.place) if one.place else _("往年班级"), "name": one.name}


def _change(name: str, step: Step) -> str:
    """A field with its value until now and its new one; of numbers and guardians only that they change."""
    title = str(STATE_TITLES[name]) if name in STATE_TITLES else field_title(name)
    if name not in step.old:
        return title
    said = {"field": title, "old": _shown(name, step.old[name]), "new": _shown(name, str(getattr(step.row, name)))}
    return _("%(field)s：%(old)s → %(new)s") % said


def _shown(name: str, value: str) -> str:
    return str(Sex(value).label) if name == "sex" and value else value or _("（空）")


def _sentences(problems: Sequence[Problem], level: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        if problem.level == level:
            found[problem.line].append(sentence(problem))
    return found
