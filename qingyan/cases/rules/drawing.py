"""A workflow as boxes and arrows, laid out from its table: a state stands as deep as its shortest way. Pure."""

from dataclasses import dataclass

from qingyan.foundation.pure.workflow import State, Workflow

WIDTH, HEIGHT, GAP_X, GAP_Y, EDGE = 150, 48, 34, 56, 60


@dataclass(frozen=True)
class Box:
    """One state at its place."""

    state: State
    x: int
    y: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def middle(self) -> int:
        """Where its words stand, from the left."""
        return self.x + self.width // 2

    @property
    def words_y(self) -> int:
        """Where its words stand, from the top."""
        return self.y + self.height // 2 + 6


@dataclass(frozen=True)
class Drawing:
    """Boxes, the paths of arrows, and the size."""

    boxes: tuple[Box, ...]
    paths: tuple[str, ...]
    width: int
    height: int


def drawing(workflow: Workflow) -> Drawing:
    """Rows by depth from the first state; arrows down straight, arrows back around the side."""
    rows = _rows(workflow)
    widest = max(len(row) for row in rows)
    inner = widest * WIDTH + (widest - 1) * GAP_X
    boxes = {
        code: _box(workflow.state(code), depth, place, len(row), inner)
        for depth, row in enumerate(rows)
        for place, code in enumerate(row)
    }
    pairs = sorted({(step.origin, step.target) for step in workflow.steps})
    width = inner + 2 * EDGE
    paths = tuple(_path(boxes[origin], boxes[target], width) for origin, target in pairs)
    return Drawing(tuple(boxes.values()), paths, width, len(rows) * (HEIGHT + GAP_Y) - GAP_Y + 4)


def _rows(workflow: Workflow) -> list[list[str]]:
    seen, rows = {workflow.initial}, [[workflow.initial]]
    while True:
        reached = [step.target for origin in rows[-1] for step in workflow.steps_from(origin)]
        fresh = list(dict.fromkeys(code for code in reached if code not in seen))
        if not fresh:
            return rows
        seen.update(fresh)
        rows.append(fresh)


def _box(state: State, depth: int, place: int, count: int, inner: int) -> Box:
    own = count * WIDTH + (count - 1) * GAP_X
    return Box(state, EDGE + (inner - own) // 2 + place * (WIDTH + GAP_X), 2 + depth * (HEIGHT + GAP_Y))


def _path(origin: Box, target: Box, width: int) -> str:
    if target.y > origin.y:
        start, end = origin.y + HEIGHT, target.y
        half = (start + end) // 2
        return f"M{origin.middle} {start}C{origin.middle} {half} {target.middle} {half} {target.middle} {end}"
    if target.y == origin.y:
        start, end = (origin.x + WIDTH, target.x) if target.x > origin.x else (origin.x, target.x + WIDTH)
        return f"M{start} {origin.y + HEIGHT // 2}H{end}"
    right = origin.middle > width // 2
    start, end = (origin.x + WIDTH, target.x + WIDTH) if right else (origin.x, target.x)
    side = width - 6 if right else 6
    return f"M{start} {origin.y + 24}C{side} {origin.y + 24} {side} {target.y + 24} {end} {target.y + 24}"
