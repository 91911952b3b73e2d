"""Every row against the rules, then the rows against each other. Out come good rows, bad rows, and problems in codes.

Decides what is an error (the row stays out) and what a warning (it comes in). The register is planning.py's matter.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from qingyan.people.roster import identity, normalising, schooling
from qingyan.people.roster.columns import ONE_OF, REQUIRED, Header
from qingyan.people.roster.examples import is_example
from qingyan.people.roster.outcome import ERROR, WARNING, BadRow, Cell, Examined, Problem, Refused, RosterRow, Wrong
from qingyan.people.roster.schooling import Schooling

YOUNGEST, OLDEST = 2, 26
LINES_TO_NAME = 5


class Expectation(msgspec.Struct, frozen=True):
    """What the file is held against: the school's names and kind, the year in which the school year began, today."""

    school_names: tuple[str, ...]
    school_kind: str
    year: int
    today: date

    @property
    def schooling(self) -> Schooling:
        """The grades this school has in that year."""
        return Schooling(grades=schooling.GRADES_OF_KIND[self.school_kind], year=self.year)


class Reader:
    """The readers of one file, by field. Columns with few different values are read once per value."""

    def __init__(self, header: Header, expected: Expectation) -> None:
        self.header, self.expected = header, expected
        self.schools = {normalising.folded(name) for name in expected.school_names}
        self.seen: dict[tuple[Any, ...], Any] = {}

    def once(self, read: Callable[..., Any], *values: Any) -> Any:
        """read(*values), remembered; a Wrong is not."""
        key = (read, *values, *(type(value) for value in values))
        if key not in self.seen:
            self.seen[key] = read(*values)
        return self.seen[key]

    def row(self, line: int, cells: Sequence[Cell]) -> tuple[RosterRow | None, list[Problem]]:
        """The row, or None when it has an error; and all its problems, not just the first."""
        return _Row(self, line, cells).result()


class _Row:
    """One row being read."""

    def __init__(self, reader: Reader, line: int, cells: Sequence[Cell]) -> None:
        self.reader, self.line, self.cells = reader, line, cells
        self.problems: list[Problem] = []

    def result(self) -> tuple[RosterRow | None, list[Problem]]:
        once, plan = self.reader.once, self.reader.expected.schooling
        name = self.take("name", normalising.name, "")
        grade = self.take("grade", lambda cell: once(schooling.grade, cell, plan), None)
        class_number = None
        if grade is not None:
            class_number = self.take("class", lambda cell: once(schooling.class_number, cell, grade, plan), None)
        kind = self.take("id_kind", partial(once, identity.id_kind), "")
        row = RosterRow(
            line=self.line,
            name=name,
            grade=grade or 0,
            class_number=class_number or 0,
            student_number=self.take("student_number", identity.student_number, ""),
            sex=self.take("sex", partial(once, normalising.sex), ""),
            birth_date=self.take("birth_date", normalising.birth_date, None),
            id_kind=kind,
            id_number=self.take("id_number", lambda cell: identity.id_number(cell, kind), ""),
            ethnicity=self.take("ethnicity", partial(once, normalising.ethnicity), ""),
            guardian_name=self.take("guardian_name", normalising.name, ""),
            guardian_phone=self.take("guardian_phone", identity.phone, ""),
            guardian_relation=self.take("guardian_relation", normalising.name, "")[:20],
        )
        self.take("school_name", partial(once, self.check_school), None)
        self.check_required()
        self.check_numbers(row)
        self.check_age(row)
        bad = any(problem.level == ERROR for problem in self.problems)
        return (None if bad else row), self.problems

    def cell(self, field: str) -> Cell:
        """What the file says under this field's header, or None."""
        column = self.reader.header.column.get(field)
        return self.cells[column] if column is not None and column < len(self.cells) else None

    def take(self, field: str, read: Callable[[Cell], Any], otherwise: Any) -> Any:
        """The cell as this reader reads it; an empty or wrong one is `otherwise`, a wrong one with a problem noted."""
        cell = self.cell(field)
        if cell is None or cell == "":
            return otherwise
        try:
            return read(cell)
        except Wrong as wrong:
            self.problems.append(Problem(code=wrong.code, line=self.line, field=field, params=wrong.params))
            return otherwise

    def note(self, code: str, field: str = "", level: str = ERROR, **params: str | int) -> None:
        """Remember a problem of this row."""
        self.problems.append(Problem(code=code, line=self.line, field=field, level=level, params=params))

    def check_school(self, cell: Cell) -> None:
        """Another school's pupil does not belong into this file."""
        text = normalising.folded(cell)
        if text and text not in self.reader.schools:
            raise Wrong("another_school", value=normalising.shown(text))

    def check_required(self) -> None:
        """Name, grade, class, and one of the two numbers must be filled in; a wrong value has been noted already."""
        noted = {problem.field for problem in self.problems}
        for field in REQUIRED:
            if field not in noted and not normalising.as_written(self.cell(field)):
                self.note("required", field)
        filled = any(normalising.as_written(self.cell(field)) for field in ONE_OF)
        if not filled and not noted & set(ONE_OF):
            self.note("required_number", "student_number")

    def check_numbers(self, row: RosterRow) -> None:
        """The identity number against birthday, sex and register number; what the columns lack is taken from it."""
        said = identity.said_by(row.id_number)
        if said is None:
            return
        if row.birth_date and row.birth_date != said.born:
            self.note("birth_date_differs", "birth_date", says=said.born.isoformat(), column=row.birth_date.isoformat())
        if row.sex in ("F", "M") and row.sex != said.sex:
            self.note("sex_differs", "sex", says=said.sex)
        inside = identity.WITH_IDENTITY.fullmatch(row.student_number)
        if inside and inside.group(1) != row.id_number:
            self.note("numbers_differ", "student_number", WARNING)
        row.birth_date = row.birth_date or said.born
        row.sex = said.sex if row.sex in ("", "U") else row.sex
        row.id_kind = row.id_kind or identity.RESIDENT

    def check_age(self, row: RosterRow) -> None:
        """A birthday to come is an error, an unusual age a warning; an unlisted ethnic group too."""
        today = self.reader.expected.today
        if row.birth_date and row.birth_date > today:
            self.note("birth_date_future", "birth_date", column=row.birth_date.isoformat())
        elif row.birth_date and not YOUNGEST <= (today - row.birth_date).days / 365.25 <= OLDEST:
            self.note("age_unlikely", "birth_date", WARNING, column=row.birth_date.isoformat())
        if row.ethnicity and not normalising.is_known_ethnicity(row.ethnicity):
            self.note("ethnicity_unlisted", "ethnicity", WARNING, value=row.ethnicity)


def check(rows: Iterable[tuple[int, Sequence[Cell]]], header: Header, expected: Expectation) -> Examined:
    """All rows below the header, one after the other: cells are not kept.

    Raises Refused when there is none, or when every row is of another school.
    """
    reader, result, kept = Reader(header, expected), Examined(), _Kept()
    for line, cells in rows:
        if line <= header.line or _shows_how(header, cells):
            continue
        result.total += 1
        row, found = reader.row(line, cells)
        if row is None or found:
            result.problems += found
        if row is not None:
            result.rows.append(row)
            kept.note(line, cells)
        else:
            result.bad.append(_bad(line, cells))
    if not result.total:
        raise Refused("no_rows")
    _refuse_other_school(result, expected)
    twice = list(_twice(result.rows))
    lines = {problem.line for problem in twice}
    result.bad += [kept.bad(line) for line in sorted(lines)]
    result.bad.sort(key=lambda one: one.line)
    result.rows = [row for row in result.rows if row.line not in lines]
    result.problems += twice + list(_alike(result.rows))
    result.problems.sort(key=lambda problem: problem.line)
    result.header, result.ignored = list(header.titles), list(header.ignored)
    return result


def _shows_how(header: Header, cells: Sequence[Cell]) -> bool:
    """An example row that came with the template."""
    column = header.column["name"]
    return column < len(cells) and is_example(cells[column])


class _Kept:
    """The cells of good rows, packed small: one of them may yet turn out to be there twice."""

    def __init__(self) -> None:
        self.cells: dict[int, bytes] = {}

    def note(self, line: int, cells: Sequence[Cell]) -> None:
        """Remember the row as it stands in the file."""
        self.cells[line] = "\x1f".join(map(normalising.as_written, cells)).encode()

    def bad(self, line: int) -> BadRow:
        """The row as it stood in the file."""
        return BadRow(line=line, cells=self.cells[line].decode().split("\x1f"))


def _refuse_other_school(result: Examined, expected: Expectation) -> None:
    elsewhere = [problem for problem in result.problems if problem.code == "another_school"]
    if len(elsewhere) == result.total:
        raise Refused("whole_other_school", value=elsewhere[0].params["value"], school=expected.school_names[0])


def _twice(rows: Sequence[RosterRow]) -> Iterable[Problem]:
    """Two pupils with one number: every row that carries it."""
    for field in ("student_number", "id_number"):
        for same in _groups(rows, lambda row, field=field: getattr(row, field) or None):  # type: ignore[misc]
            for line in same:
                yield Problem(code="number_twice", line=line, field=field, params={"others": _others(same, line)})


def _alike(rows: Sequence[RosterRow]) -> Iterable[Problem]:
    """Same name and birthday: perhaps one pupil twice, perhaps not."""
    for same in _groups(rows, lambda row: (row.name, row.birth_date) if row.birth_date else None):
        for line in same:
            params: dict[str, str | int] = {"others": _others(same, line)}
            yield Problem(code="perhaps_twice", line=line, field="name", level=WARNING, params=params)


def _groups(rows: Iterable[RosterRow], key: Callable[[RosterRow], Any]) -> Iterable[list[int]]:
    """The lines of rows that share a key; lists are made only where there is more than one."""
    first: dict[Any, int] = {}
    more: dict[Any, list[int]] = {}
    for row in rows:
        if (value := key(row)) is None:
            continue
        if value in first:
            more.setdefault(value, [first[value]]).append(row.line)
        else:
            first[value] = row.line
    return more.values()


def _others(lines: list[int], own: int) -> str:
    others = [str(line) for line in lines if line != own]
    return "、".join(others[:LINES_TO_NAME]) + ("…" if len(others) > LINES_TO_NAME else "")


def _bad(line: int, cells: Sequence[Cell]) -> BadRow:
    return BadRow(line=line, cells=[normalising.as_written(cell) for cell in cells])
