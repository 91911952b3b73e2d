"""The school's register as planning wants it, asked for part after part: only the pupils whom a part's rows may mean.

So a file of a hundred thousand rows is compared without holding a hundred thousand pupils. The scope must show
identity, and contacts when guardians are compared.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from qingyan.foundation.crypto.api import indexer, open_for
from qingyan.people.models import Guardian, Student
from qingyan.people.models.student import StudentState
from qingyan.people.queries.roster import class_ids
from qingyan.people.roster import planning
from qingyan.people.roster.outcome import RosterRow
from qingyan.people.roster.planning import ClassKey, Fate, Known, Numbers, Plan, Step

GONE = (StudentState.LEFT, StudentState.GRADUATED)
SAME_COLUMNS = ("id", "name", "sex", "birth_date", "ethnicity", "id_kind", "student_number_index", "id_number_index")
KNOWN_COLUMNS = (*SAME_COLUMNS, "school_class_id", "state")
AT_ONCE = 2000
NOBODY = ("", "", "")
Contact = tuple[str, str, str]


class Register:
    """One pass of a file's parts over the register; remembers whom the file has named so far."""

    def __init__(self, school_id: int, *, now: datetime) -> None:
        self.school_id, self.places = school_id, class_ids(school_id, now=now)
        self.place_of = {class_id: key for key, class_id in self.places.items()}
        self.lines: dict[UUID, int] = {}
        self.again: dict[UUID, list[int]] = {}
        self.spoken: set[ClassKey] = set()
        self.origins: set[int] = set()
        self.made: set[UUID] = set()  # by the import itself: they are no namesakes of later rows
        self._student_number = indexer(Student, "student_number_index", school_id)
        self._id_number = indexer(Student, "id_number_index", school_id)
        self._empty = not Student.objects.filter(school_id=school_id).exists()

    def numbers(self, rows: Iterable[RosterRow]) -> list[Numbers]:
        """The keyed hashes by which pupils are known, row by row."""
        return [Numbers(self._student_number(row.student_number), self._id_number(row.id_number)) for row in rows]

    def plan(self, rows: Sequence[RosterRow], numbers: Sequence[Numbers]) -> Plan:
        """What these rows do, against the pupils whom they may mean."""
        known = self._known(rows, numbers)
        result = planning.plan(rows, numbers, known, self.places)
        result.missing = []
        self._note(result.steps, known)
        return result

    def pupils(self, ids: Collection[UUID], *, with_guardians: bool) -> dict[UUID, Known]:
        """Pupils whom a person has named."""
        return {one.id: one for one in self._read(self._here().filter(id__in=ids), with_guardians=with_guardians)}

    def missing(self) -> Iterator[Known]:
        """Pupils here whom the file does not name, in classes that it speaks of or that its pupils come from."""
        classes = {self.places[key] for key in self.spoken if key in self.places} | self.origins
        rows = self._here().filter(school_class_id__in=classes).exclude(state__in=(*GONE, StudentState.MERGED))
        for row in rows.order_by("name", "id").values(*KNOWN_COLUMNS).iterator(chunk_size=AT_ONCE):
            if row["id"] not in self.lines:
                yield self._pupil(row, {})

    def _known(self, rows: Sequence[RosterRow], numbers: Sequence[Numbers]) -> list[Known]:
        if self._empty:
            return []
        own = Q(student_number_index__in=[one.student_number for one in numbers if one.student_number])
        own |= Q(id_number_index__in=[one.id_number for one in numbers if one.id_number])
        with_guardians = any(row.guardian_name or row.guardian_phone or row.guardian_relation for row in rows)
        known = self._read(self._here().filter(own), with_guardians=with_guardians)
        named = {one.student_number_index for one in known} | {one.id_number_index for one in known}
        strange = [
            row.name
            for row, one in zip(rows, numbers, strict=True)
            if (one.student_number or one.id_number) not in named and row.birth_date
        ]
        alike = self._here().filter(name__in=strange, birth_date__isnull=False).exclude(state=StudentState.MERGED)
        seen = {one.id for one in known} | self.made
        return known + [one for one in self._read(alike, with_guardians=False) if one.id not in seen]

    def _note(self, steps: Iterable[Step], known: Iterable[Known]) -> None:
        by_id = {one.id: one for one in known}
        for step in steps:
            self.spoken.add(step.place)
            if step.student is None:
                continue
            if step.student in self.lines:
                self.again.setdefault(step.student, [self.lines[step.student]]).append(step.row.line)
            else:
                self.lines[step.student] = step.row.line
            pupil = by_id[step.student]
            if pupil.here and pupil.class_id:
                self.origins.add(pupil.class_id)

    def _here(self) -> QuerySet[Student]:
        return Student.objects.filter(school_id=self.school_id)

    def _read(self, rows: QuerySet[Student], *, with_guardians: bool) -> list[Known]:
        found = list(rows.values(*KNOWN_COLUMNS))
        guardians = _first_guardians(self.school_id, [row["id"] for row in found]) if with_guardians else {}
        return [self._pupil(row, guardians) for row in found]

    def _pupil(self, row: dict[str, Any], guardians: dict[UUID, Contact]) -> Known:
        return Known(
            **{name: row[name] for name in SAME_COLUMNS},
            place=self.place_of.get(row["school_class_id"]),
            class_id=row["school_class_id"],
            here=row["state"] not in GONE,
            merged=row["state"] == StudentState.MERGED,
            guardian=guardians.get(row["id"], NOBODY),
        )


def counted(steps: Iterable[Step]) -> dict[str, int]:
    """How many steps there are of each kind; a kind without any counts zero."""
    counts = {fate.value: 0 for fate in Fate}
    for step in steps:
        counts[step.fate.value] += 1
    return counts


def _first_guardians(school_id: int, students: Sequence[UUID]) -> dict[UUID, Contact]:
    rows = Guardian.objects.filter(school_id=school_id, student_id__in=students, position=1)
    return {
        student_id: (
            open_for(Guardian, "name", guardian_id, school_id, name) or "",
            open_for(Guardian, "phone", guardian_id, school_id, phone) or "",
            relation,
        )
        for student_id, guardian_id, name, phone, relation in rows.values_list(
            "student_id", "id", "name", "phone", "relation"
        )
    }
