"""A made-up district as exact counts: schools of every size, with all topics. Seeded; figures invented. Not a test."""

from random import Random
from uuid import UUID

from qingyan.insight.rules.tally import alert_cells, clock_cells, coverage_cells, sheet_cells, work_cells
from tests.insight.facts import NOW, SCALES, Sheet

SIZES = (18, 34, 95, 210, 330, 700)


def district(seed: int, sizes: tuple[int, ...] = SIZES) -> dict[int, dict]:
    """Exact cubes by school: a round's topics and a term's together."""
    rng = Random(seed)
    return {number: _school(rng, number, size) for number, size in enumerate(sizes, start=1)}


def _school(rng: Random, number: int, size: int) -> dict:
    pupils = [
        (UUID(int=number * 10**6 + one), rng.choice((5, 7, 8, 9, 10, 11)), rng.choices("FMU", (49, 49, 2))[0])
        for one in range(size)
    ]
    sheets = [_sheet(rng, student, grade) for student, grade, _sex in pupils if rng.random() < 0.93]
    sexes = {student: sex for student, _grade, sex in pupils}
    cube = sheet_cells(sheets, sexes, {"scl-90": SCALES})
    cube |= coverage_cells([(grade, size // 6, size // 6 - rng.randrange(3)) for grade in (5, 7, 8, 9, 10, 11)])
    alerts = [
        (student, rng.choices(("red", "orange", "yellow"), (1, 3, 10))[0])
        for student, _grade, _sex in pupils
        if rng.random() < 0.12
    ]
    cube |= alert_cells(pupils, alerts)
    steps = ("acknowledge", "follow_up", "guardian_talk")
    due = [(rng.choice(steps), NOW, rng.choice((None, NOW, NOW, NOW, NOW.replace(year=2027)))) for _one in alerts]
    cube |= clock_cells(due, now=NOW.replace(year=2028))
    return cube | work_cells({"opened": len(alerts) // 3, "talks": len(alerts), "referred": len(alerts) // 9})


def _sheet(rng: Random, student: UUID, grade: int) -> Sheet:
    load = rng.random()
    bands = {
        scale: levels[min(int(max(0.0, load + rng.gauss(0, 0.2) - 0.55) * 2 * len(levels)), len(levels) - 1)]
        for scale, levels in SCALES.items()
    }
    return Sheet(student, grade, "scl-90", load > 0.82, bands, rng.random() < 0.06)
