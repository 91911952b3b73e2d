"""The pack of crisis reports, read as the other packs are."""

from functools import cache

from qingyan.cases.queries.packs import content
from qingyan.cases.rules.crisis import CrisisPack

CRISIS = "crisis/1.1"


@cache
def crisis() -> CrisisPack:
    """How a crisis is reported upwards. Raises as packs.pack does."""
    return CrisisPack.model_validate_json(content(CRISIS))
