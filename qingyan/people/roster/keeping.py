"""What a draft keeps between upload and commit, as JSON text for sealing: good rows with their fate, and bad ones."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from qingyan.people.roster.columns import field_of
from qingyan.people.roster.outcome import BadRow, Problem, RosterRow
from qingyan.people.roster.planning import Known, Plan

SEX_WORDS = {"M": "男", "F": "女", "U": "未说明"}


class KeptStep(msgspec.Struct, omit_defaults=True):
    """A row's fate at the time of the preview."""

    line: int
    fate: str
    changes: list[str] = []
    was: tuple[int, int] | None = None
    old: dict[str, str] = {}


class KeptMissing(msgspec.Struct):
    """A pupil whom the file does not name, as the preview lists them."""

    student: UUID
    name: str
    place: tuple[int, int] | None


class KeptRows(msgspec.Struct):
    """The good rows, what will happen to each, who is missing, and the classes that will be opened."""

    rows: list[RosterRow]
    steps: list[KeptStep]
    missing: list[KeptMissing]
    new_classes: list[tuple[int, int]]


class KeptProblems(msgspec.Struct):
    """The header of the file, columns that are ignored, bad rows as they stood, and every problem."""

    header: list[str]
    ignored: list[str]
    bad: list[BadRow]
    problems: list[Problem]


def rows_of(rows: list[RosterRow], plan: Plan) -> KeptRows:
    """What is kept of a plan."""
    return KeptRows(
        rows=rows,
        steps=[KeptStep(step.row.line, step.fate.value, list(step.changes), step.was, step.old) for step in plan.steps],
        missing=[_missing(pupil) for pupil in plan.missing],
        new_classes=plan.new_classes,
    )


def packed(kept: KeptRows | KeptProblems) -> str:
    """As text, for sealing."""
    return msgspec.json.encode(kept).decode()


def rows_from(text: str | None) -> KeptRows:
    """The kept rows; none when the draft has been emptied."""
    return msgspec.json.decode(text, type=KeptRows) if text else KeptRows([], [], [], [])


def problems_from(text: str | None) -> KeptProblems:
    """The kept problems; none when the draft has been emptied."""
    return msgspec.json.decode(text, type=KeptProblems) if text else KeptProblems([], [], [], [])


def written_again(row: RosterRow, header: list[str]) -> BadRow:
    """A row that was good in itself but contradicts the register, back under the file's own header."""
    said: Mapping[str, str] = {
        **{name: str(value) for name, value in msgspec.structs.asdict(row).items() if value not in (None, "")},
        "class": str(row.class_number),
        "sex": SEX_WORDS.get(row.sex, ""),
    }
    return BadRow(line=row.line, cells=[said.get(field_of(title) or "", "") for title in header])


def _missing(pupil: Known) -> KeptMissing:
    return KeptMissing(student=pupil.id, name=pupil.name, place=pupil.place)
