"""What a draft keeps between upload and commit, as JSON text for sealing: good rows in parts, and a report.

After a commit a part keeps what undoing needs: who was made, and of the others what stood there before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from qingyan.people.roster.columns import field_of
from qingyan.people.roster.outcome import BadRow, Problem, RosterRow
from qingyan.people.roster.planning import ClassKey, Known, Step

ROWS_A_PART = 2000
# What a digest covers: columns of a pupil's row, in this order.
DIGESTED = (
    "name",
    "sex",
    "birth_date",
    "ethnicity",
    "id_kind",
    "student_number_index",
    "id_number_index",
    "school_class_id",
    "state",
)
SEX_WORDS = {"M": "男", "F": "女", "U": "未说明"}


class KeptMissing(msgspec.Struct):
    """A pupil whom the file does not name, as the preview lists them."""

    student: UUID
    name: str
    place: ClassKey | None


class Report(msgspec.Struct, omit_defaults=True):
    """Everything about a file but its good rows."""

    header: list[str] = []
    ignored: list[str] = []
    bad: list[BadRow] = []
    problems: list[Problem] = []
    missing: list[KeptMissing] = []
    new_classes: list[ClassKey] = []


class Made(msgspec.Struct, gc=False):
    """A pupil whom the import made, and a digest of what it wrote: a file changed since is not thrown away."""

    student: UUID
    digest: str


class Altered(msgspec.Struct, omit_defaults=True):
    """A pupil whom the import changed: per field what stood there and what stands there since."""

    student: UUID
    before: dict[str, str | None]
    after: dict[str, str | None]
    guardian: UUID | None = None
    guardian_made: bool = False
    ended: UUID | None = None
    began: UUID | None = None


class Undo(msgspec.Struct, omit_defaults=True):
    """What undoing a part needs."""

    made: list[Made] = []
    altered: list[Altered] = []
    slips_voided: int = 0


def packed(kept: Report | Undo | Sequence[Step]) -> str:
    """As text, for sealing."""
    return msgspec.json.encode(kept).decode()


def steps_from(text: str | None) -> list[Step]:
    """The steps of a part; none when it has been emptied."""
    return msgspec.json.decode(text, type=list[Step]) if text else []


def report_from(text: str | None) -> Report:
    """The kept report; an empty one when the draft has been emptied."""
    return msgspec.json.decode(text, type=Report) if text else Report()


def undo_from(text: str | None) -> Undo:
    """What undoing a part needs; nothing when it cannot be undone any more."""
    return msgspec.json.decode(text, type=Undo) if text else Undo()


def in_parts(rows: Sequence[RosterRow]) -> Iterator[Sequence[RosterRow]]:
    """Slices of the size that is kept together."""
    return (rows[start : start + ROWS_A_PART] for start in range(0, len(rows), ROWS_A_PART))


def missing_of(pupil: Known) -> KeptMissing:
    """As the preview lists a pupil whom the file does not name."""
    return KeptMissing(student=pupil.id, name=pupil.name, place=pupil.place)


def written_again(row: RosterRow, header: Sequence[str]) -> BadRow:
    """A row that was good in itself but contradicts the register, back under the file's own header."""
    said: Mapping[str, str] = {
        **{name: str(value) for name, value in msgspec.structs.asdict(row).items() if value not in (None, "")},
        "class": str(row.class_number),
        "sex": SEX_WORDS.get(row.sex, ""),
    }
    return BadRow(line=row.line, cells=[said.get(field_of(title) or "", "") for title in header])


def digest(values: Iterable[Any]) -> str:
    """Short, and different when anything of DIGESTED is different."""
    said = "\x1f".join(value.hex() if isinstance(value, bytes) else str(value) for value in values)
    return blake2b(said.encode(), digest_size=12).hexdigest()
