"""Which class becomes which at the turn of the school year. Pure.

Six years of primary school, three of junior, three of senior; the ninth grade of a complete secondary school graduates,
since its tenth is entered by examination. Kinds are codes of organisations.SchoolKind.
"""

from dataclasses import dataclass

LAST_GRADES = {
    "kindergarten": {0},
    "primary": {6},
    "junior": {9},
    "senior": {12},
    "vocational": {12},
    "special": {9, 12},
    "nine_year": {9},
    "complete_secondary": {9, 12},
}
LAST_OF_ALL = 12


@dataclass(frozen=True)
class ClassMove:
    """A class and its place next year; `grade_to` is None for a class that graduates."""

    class_id: int
    grade: int
    number: int
    grade_to: int | None

    @property
    def target(self) -> tuple[int, int] | None:
        """Grade and number next year."""
        return None if self.grade_to is None else (self.grade_to, self.number)

    @property
    def staying(self) -> tuple[int, int]:
        """Grade and number next year of a pupil who stays back."""
        return self.grade, self.number


def moves(classes: list[tuple[int, int, int]], kind: str) -> list[ClassMove]:
    """The move of each class, given as (id, grade, number); an unknown kind graduates after the last grade of all."""
    last = LAST_GRADES.get(kind, set()) | {LAST_OF_ALL}
    return [ClassMove(key, grade, number, None if grade in last else grade + 1) for key, grade, number in classes]
