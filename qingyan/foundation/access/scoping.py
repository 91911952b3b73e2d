"""How a model says whose rows it holds. Declared as the class attribute `scope`; there is no third option.

From these declarations protection.py writes the row-level security; a test compares the catalogue with them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SchoolScope:
    """Rows belong to one school. Columns are names in the table; gates are Sight words, any one of which opens a row.

    `student` and `class_` name the columns that a pupil's or a homeroom teacher's scope is compared with.
    `writes` says which statements the app role may run beside SELECT; `narrow` is all that the narrow role (pupils,
    homeroom teachers) may run, for a missing grant is stronger than any policy; `counted` names the columns that the
    counting functions may read over all schools (never a name, an answer or a score).
    `overseen`: officers of the district and the city read and write these rows too, standing at no school (ADR 0029);
    such a table names no pupil. `reader` names the column of the one person who may read, `readers` the few;
    both together: the one and those who were let in later.
    `given` names the column of the one person to whom a row is given: it opens to that person without a gate, also
    outside the own classes (ADR 0033). `follows`: the class column is the pupil's present class, wherever that changes;
    such a row is nothing that was built on a class.
    """

    school: str = "school_id"
    student: str | None = None
    class_: str | None = None
    gates: tuple[str, ...] = ()
    writes: tuple[str, ...] = ("INSERT", "UPDATE")
    narrow: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    bureau: bool = False
    overseen: bool = False
    reader: str | None = None
    readers: str | None = None
    given: str | None = None
    follows: bool = False


@dataclass(frozen=True)
class Unscoped:
    """Rows hold no pupil's data, or are needed before a scope exists; the reason is printed in the generated docs."""

    reason: str
    writes: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")
    narrow: tuple[str, ...] = ()
    bureau: bool = False


@dataclass(frozen=True)
class Owned(Unscoped):
    """Rows of one person who stands at no school: `owner` names the column of the account. Row-level security opens
    them to that person; where the column `shared` is true, to everybody of the bureau who oversees a school too. Nobody
    else writes or removes them. They hold no pupil's data.
    """

    owner: str = "owner_id"
    shared: str = "shared"


Scoping = SchoolScope | Unscoped
