"""Which schools are counted together, and whose own a round is."""

from qingyan.insight.contracts import Occasion
from qingyan.organisations import api as organisations
from qingyan.screening import api as screening


def schools_by_district() -> dict[int, list[int]]:
    """School ids by district id."""
    found: dict[int, list[int]] = {}
    for school in organisations.all_schools():
        found.setdefault(school.district_id, []).append(school.id)
    return found


def own_round_of(occasion: Occasion) -> int | None:
    """The school whose own round this is; None for rounds of the city and for terms."""
    if occasion.round is None:
        return None
    found = screening.round_names([occasion.round]).get(occasion.round)
    return found.school if found else None
