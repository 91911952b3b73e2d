"""What may be asked of the told tables: measure, occasion, part, band, sex, and one split; all within the cube. Pure.

A choice only picks and joins told cells; what is told of a place does not grow by asking.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from qingyan.insight.rules.topics import ALERTS, COVERAGE, FACTORS, LEVELS, TIMELINESS, VALIDITY, WORKLOAD

PART, BAND, SEX, TIME, PLACE = "part", "band", "sex", "time", "place"
LONGEST = 120

# Along which dimensions the cells of a topic lie. TIME and PLACE are always there.
DIMENSIONS = {
    LEVELS.code: (BAND, SEX, PART),
    FACTORS.code: (PART, BAND, SEX),
    VALIDITY.code: (PART, BAND, SEX),
    COVERAGE.code: (BAND,),
    ALERTS.code: (BAND, SEX),
    TIMELINESS.code: (PART,),
    WORKLOAD.code: (PART,),
}
ONE_PART = frozenset({LEVELS.code, FACTORS.code, VALIDITY.code, WORKLOAD.code})  # parts that mean nothing as a sum
OF_SINGLE_SCHOOLS = frozenset({COVERAGE.code, TIMELINESS.code})  # what district and city are told of one school
NAMES = ("place", "measure", "on", "part", "band", "sex", "by")


@dataclass(frozen=True)
class Choice:
    """What is asked, as it stands in the address; empty: everything, or what comes first."""

    place: str = ""
    measure: str = LEVELS.code
    on: str = ""
    part: str = ""
    band: str = ""
    sex: str = ""
    by: str = ""

    @property
    def address(self) -> str:
        """As the query of an address, in a fixed order, without what is empty."""
        return urlencode({name: getattr(self, name) for name in NAMES if getattr(self, name)})


def asked(given: Mapping[str, str]) -> Choice:
    """The choice that an address asks for. After another measure was chosen (`was`), what no longer fits is dropped."""
    found = {name: given.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in NAMES}
    if "was" in given and given["was"] != found["measure"]:
        found |= dict.fromkeys(("on", "part", "band", "sex", "by"), "")
    return Choice(**{**found, "measure": found["measure"] or LEVELS.code})


def splits(measure: str, *, level_below: bool) -> tuple[str, ...]:
    """Along what the measure may be split; along places only where something below may be told."""
    return (*DIMENSIONS[measure], TIME, *((PLACE,) if level_below else ()))
