"""Which grades an instrument may be asked in, from the ages it is for. Pure.

A pupil enters grade 1 at six, so a class of grade g holds pupils of g + 5 and g + 6 years. A grade fits when both
ages do; the single pupil's age is asked again when the sheet is opened.
"""

FIRST_GRADE, LAST_GRADE = 1, 12


def fitting_grades(*, youngest: int, oldest: int) -> range:
    """The grades 1 to 12 that hold only pupils of these ages (both ends included); empty when there is none."""
    first = max(FIRST_GRADE, youngest - 5)
    last = min(LAST_GRADE, oldest - 6)
    return range(first, last + 1)
