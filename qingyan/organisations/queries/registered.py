"""Facts about people that these pages show but this domain does not know: higher domains register who tells them.

Like foundation.web.doorways: organisations stays below people, and still one page answers the whole question.
"""

from collections.abc import Callable, Iterable, Mapping

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import Permission, allowed
from qingyan.organisations.contracts import ClassFacts, Staffing

StaffingSource = Callable[[], Mapping[int, Staffing]]
ClassSource = Callable[[Actor, Iterable[int]], Mapping[int, ClassFacts]]

_sources: dict[str, Callable] = {}
_start_pages: list[tuple[str, Permission]] = []


def register_staffing(source: StaffingSource) -> None:
    """`source()` gives the psychology teachers of each school, by school id."""
    _sources["staffing"] = source


def register_class_facts(source: ClassSource) -> None:
    """`source(actor, class_ids)` gives homeroom teachers and number of pupils, by class id."""
    _sources["classes"] = source


def register_start_page(view: str, permission: Permission) -> None:
    """`view` (a URL name with a slug) is where somebody with this permission starts the day at a school."""
    if (view, permission) not in _start_pages:
        _start_pages.append((view, permission))


def staffing() -> Mapping[int, Staffing]:
    """Psychology teachers by school id; a school that is not in it has none."""
    source = _sources.get("staffing")
    return source() if source else {}


def class_facts(actor: Actor, class_ids: Iterable[int]) -> Mapping[int, ClassFacts]:
    """Facts by class id, as far as this actor may see them."""
    source = _sources.get("classes")
    return source(actor, list(class_ids)) if source else {}


def start_page(actor: Actor) -> str | None:
    """The first registered start page that this actor may open at the school where they stand."""
    return next((view for view, permission in _start_pages if allowed(actor, permission)), None)
