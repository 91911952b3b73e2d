"""What crosses the border of organisations as plain values. Facts about people come from above, by registration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Staffing:
    """The psychology teachers of one school: how many, full-time or part-time, how many with title or certificate."""

    full_time: int = 0
    part_time: int = 0
    qualified: int = 0

    @property
    def teachers(self) -> int:
        """All psychology teachers of the school."""
        return self.full_time + self.part_time

    @property
    def complies(self) -> bool:
        """Whether at least one has an intermediate title or a certificate."""
        return self.qualified >= 1


@dataclass(frozen=True)
class ClassFacts:
    """About one class: its homeroom teachers' names, and how many pupils (None: the actor may not see pupils)."""

    teachers: tuple[str, ...] = ()
    pupils: int | None = None


@dataclass(frozen=True)
class NewSchool:
    """A school to be opened. `kind` is a code of SchoolKind; the slug is its address /s/<slug>/ for ever."""

    district_id: int
    name: str
    short_name: str
    slug: str
    kind: str


@dataclass(frozen=True)
class NewStation:
    """A guidance station to be entered; without a district it serves the whole city."""

    name: str
    district_id: int | None = None
    host_school_id: int | None = None
    rooms: tuple[str, ...] = ()
    opening_hours: str = ""
    address: str = ""


@dataclass(frozen=True)
class SchoolPage:
    """What a school decides about its own pages. `accent` is "#rrggbb"."""

    short_name: str
    accent: str
    welcome: str
    counselling_room: str
