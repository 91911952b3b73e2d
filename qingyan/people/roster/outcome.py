"""What the examination of a roster file says: problems, good rows, bad rows. Plain structs for two processes.

Decides no rule and holds no sentence: words.py turns a problem's code into plain words.
"""

from datetime import date

import msgspec

Cell = str | float | bool | date | None

ERROR = "error"
WARNING = "warning"


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing found: at a line of the file (0: the whole file) and a field ("" if none), with what the words need."""

    code: str
    line: int = 0
    field: str = ""
    level: str = ERROR
    params: dict[str, str | int] = {}


class RosterRow(msgspec.Struct, omit_defaults=True, gc=False):
    """One pupil as the file names them, normalised; empty text means that the file says nothing."""

    line: int
    name: str
    grade: int
    class_number: int
    student_number: str = ""
    sex: str = ""
    birth_date: date | None = None
    id_kind: str = ""
    id_number: str = ""
    ethnicity: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""
    guardian_relation: str = ""


class BadRow(msgspec.Struct):
    """A row with an error, as it stood in the file, so that it can be handed back for correction."""

    line: int
    cells: list[str]


class Examined(msgspec.Struct, omit_defaults=True):
    """The whole result. With `refusal` set nothing else counts."""

    refusal: Problem | None = None
    header: list[str] = []
    ignored: list[str] = []
    encoding: str = ""
    total: int = 0
    rows: list[RosterRow] = []
    bad: list[BadRow] = []
    problems: list[Problem] = []


class Tables(msgspec.Struct, omit_defaults=True):
    """The sheets of a workbook: rows of text by the sheet's name. With `refusal` set nothing else counts."""

    refusal: Problem | None = None
    sheets: dict[str, list[list[str]]] = {}


class Refused(Exception):
    """The file as a whole cannot be used."""

    def __init__(self, code: str, *, field: str = "", **params: str | int) -> None:
        super().__init__(code)
        self.problem = Problem(code=code, field=field, params=params)


class Wrong(Exception):
    """One value cannot be used."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
