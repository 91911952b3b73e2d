"""The diagram comes from the table: every state a box, every step an arrow, nothing on top of another."""

from qingyan.cases.rules.drawing import drawing
from qingyan.cases.workflow import CASE


def test_every_state_has_its_box_and_every_pair_its_arrow():
    found = drawing(CASE)
    assert {box.state.code for box in found.boxes} == set(CASE.states())
    assert len(found.paths) == len({(step.origin, step.target) for step in CASE.steps})


def test_no_box_lies_on_another_or_outside():
    found = drawing(CASE)
    places = {(box.x, box.y) for box in found.boxes}
    assert len(places) == len(found.boxes)
    assert all(box.x >= 0 and box.x + box.width <= found.width for box in found.boxes)
    assert all(box.y + box.height <= found.height for box in found.boxes)
