"""A OneRoster set as rows of the register format, so that the same checks, preview and commit follow. Pure.

Taken are the pupils of this school (role "student") with the homeroom class in which they are now. A row keeps the line
of users.csv. Decides nothing about values: what a grade or a number may look like, the register format's checks say.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from qingyan.people.roster.identity import RESIDENT_FORM
from qingyan.people.roster.limits import MOST_ROWS
from qingyan.people.roster.normalising import folded, shown
from qingyan.people.roster.oneroster.archive import Record, Sheet
from qingyan.people.roster.oneroster.layout import ETHNICITY, FULL_NAME, ID_KIND, IDENTITY_TYPE
from qingyan.people.roster.oneroster.names import whole_name
from qingyan.people.roster.outcome import Cell, Refused
from qingyan.people.roster.words import FIELD_TITLES

FIELDS = (
    *("student_number", "name", "sex", "birth_date", "id_kind", "id_number", "ethnicity", "school_name"),
    *("grade", "class", "guardian_name", "guardian_phone"),
)
STUDENT, SCHOOL, HOMEROOM, DELETED = "student", "school", "homeroom", "tobedeleted"
SEXES = {"male": "男", "female": "女", "unspecified": "未说明", "other": "未说明"}
GUARDIANS = frozenset(("guardian", "parent", "relative"))
IDENTITY_TYPES = frozenset((IDENTITY_TYPE, "idcard", "idnumber", "身份证", "居民身份证"))
KINDERGARTEN_CODES = frozenset(("KG", "PK", "PR", "IT", "TK"))
USER_ID = re.compile(r"\{([^:{}]+):([^{}]+)\}")
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
GRADE_IN_TITLE = re.compile(r"^(.*?年级|[初高][一二三]|(?:[小初高]\w{0,2})?20\d\d级)")
YEAR_BEGINS, YEAR_ENDS = (9, 15), (8, 1)  # a session that only touches these weeks belongs to another school year

Rows = list[tuple[int, list[Cell]]]
Said = Callable[[str], str]


def register_rows(files: Mapping[str, Sheet], *, school_names: Sequence[str], year: int, today: date) -> Rows:
    """The header and one row a pupil. Raises Refused: no such school, no class of this year, a reference to nothing."""
    return _Set(files, school_names, year, today).rows()


class _Set:
    """One set, indexed by sourcedId."""

    def __init__(self, files: Mapping[str, Sheet], school_names: Sequence[str], year: int, today: date) -> None:
        self.files, self.year, self.today = files, year, today
        self.users = self.indexed("users")
        self.school, self.school_name = self.our_school([folded(name) for name in school_names], school_names[0])
        self.classes = self.our_classes()
        self.homerooms = self.current_homerooms()
        self.people = self.indexed("demographics") if "demographics" in files else {}
        self.roles = self.roles_of_users()

    def rows(self) -> Rows:
        header: list[Cell] = [FIELD_TITLES[field] for field in FIELDS]
        taken = [one for key, one in self.users.items() if (STUDENT, self.school) in self.roles.get(key, ())]
        if len(taken) > MOST_ROWS:
            raise Refused("too_many_rows", rows=len(taken), limit=MOST_ROWS)
        return [(1, header), *((one.line, self.row(one)) for one in taken)]

    def row(self, user: Record) -> list[Cell]:
        """One pupil in the order of FIELDS."""
        said = self.reader("users", user)
        key = said("sourcedId")
        person: Said = self.reader("demographics", self.people[key]) if key in self.people else (lambda name: "")
        number, identity = _numbers(said("identifier"), said("userIds"))
        grade, title = self.place(key, said("grades"))
        guardian = self.guardian(said("agentSourcedIds"))
        return [
            number,
            said(FULL_NAME) or whole_name(said("familyName"), said("givenName")),
            SEXES.get(person("sex").lower(), person("sex")),
            person("birthDate"),
            said(ID_KIND),
            identity,
            person(ETHNICITY),
            self.school_name,
            grade,
            title,
            *guardian,
        ]

    def reader(self, file: str, record: Record) -> Said:
        """How to ask this record for a column."""
        return lambda name: self.files[file].value(record, name)

    def live(self, file: str) -> Iterator[Record]:
        """The records that are not marked as deleted."""
        sheet = self.files[file]
        return (one for one in sheet.records if sheet.value(one, "status").lower() != DELETED)

    def indexed(self, file: str) -> dict[str, Record]:
        """The live records by sourcedId, each once."""
        found: dict[str, Record] = {}
        for one in self.live(file):
            key = self.files[file].value(one, "sourcedId")
            if not key:
                raise Refused("oneroster_no_id", file=f"{file}.csv", at=one.line)
            if key in found:
                raise Refused("oneroster_twice", file=f"{file}.csv", at=one.line, value=shown(key))
            found[key] = one
        return found

    def our_school(self, ours: Sequence[str], name: str) -> tuple[str, str]:
        """The org that bears this school's name."""
        schools = [(key, self.files["orgs"].value(one, "name")) for key, one in self.indexed("orgs").items()
                   if self.files["orgs"].value(one, "type").lower() == SCHOOL]  # fmt: skip
        if not schools:
            raise Refused("oneroster_no_school")
        found = [school for school in schools if folded(school[1]) in ours]
        if len(found) != 1:
            raise Refused("whole_other_school", value=shown(schools[0][1]), school=name)
        return found[0]

    def our_classes(self) -> dict[str, Record]:
        """This school's homeroom classes of this school year."""
        sheet, sessions = self.files["classes"], self.this_year()
        found, some = {}, False
        for key, one in self.indexed("classes").items():
            if sheet.value(one, "schoolSourcedId") == self.school and sheet.value(one, "classType") == HOMEROOM:
                terms = [part.strip() for part in sheet.value(one, "termSourcedIds").split(",") if part.strip()]
                if not set(terms) <= sessions.keys():
                    raise Refused("oneroster_reference", file="classes.csv", at=one.line, column="termSourcedIds")
                some = True
                if any(sessions[term] for term in terms):
                    found[key] = one
        if not found:
            raise Refused("oneroster_other_year" if some else "oneroster_no_homeroom")
        return found

    def this_year(self) -> dict[str, bool]:
        """Whether each session lies in the present school year."""
        begins, ends = date(self.year, *YEAR_BEGINS), date(self.year + 1, *YEAR_ENDS)
        found = {}
        for key, one in self.indexed("academicSessions").items():
            said = self.reader("academicSessions", one)
            start, end = (_day(said(name), "academicSessions", one.line, name) for name in ("startDate", "endDate"))
            found[key] = start is not None and end is not None and start < ends and end > begins
        return found

    def current_homerooms(self) -> dict[str, list[str]]:
        """Which classes each pupil is in today; the one marked as primary alone, if there is one."""
        every: dict[str, list[str]] = defaultdict(list)
        first: dict[str, list[str]] = defaultdict(list)
        known, people = self.ids("classes"), self.ids("users")
        for one in self.live("enrollments"):
            said = self.reader("enrollments", one)
            user, class_ = said("userSourcedId"), said("classSourcedId")
            if said("role").lower() != STUDENT or not self.is_now(said, one.line):
                continue
            if user not in people or class_ not in known:
                column = "classSourcedId" if user in people else "userSourcedId"
                raise Refused("oneroster_reference", file="enrollments.csv", at=one.line, column=column)
            if class_ in self.classes and class_ not in every[user]:
                every[user].append(class_)
                if said("primary").lower() == "true":
                    first[user].append(class_)
        return {user: first.get(user) or found for user, found in every.items()}

    def ids(self, file: str) -> frozenset[str]:
        """Every sourcedId, those of deleted records too: what still points to them is not broken."""
        return frozenset(self.files[file].value(one, "sourcedId") for one in self.files[file].records)

    def is_now(self, said: Said, line: int) -> bool:
        """Whether an enrolment has begun and not ended; both days may be missing."""
        begins = _day(said("beginDate"), "enrollments", line, "beginDate")
        ends = _day(said("endDate"), "enrollments", line, "endDate")
        return (begins is None or begins <= self.today) and (ends is None or ends > self.today)

    def roles_of_users(self) -> dict[str, set[tuple[str, str]]]:
        """(role, org) of each user."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        people = self.ids("users")
        for one in self.live("roles"):
            said = self.reader("roles", one)
            if said("userSourcedId") not in people:
                raise Refused("oneroster_reference", file="roles.csv", at=one.line, column="userSourcedId")
            found[said("userSourcedId")].add((said("role").lower(), said("orgSourcedId")))
        return found

    def place(self, user: str, grades: str) -> tuple[str, str]:
        """Grade and class as the file says them. Two classes at once stand side by side, for a person to see."""
        said = [self.reader("classes", self.classes[key]) for key in self.homerooms.get(user, ())]
        if not said:
            return _grade(grades, ""), ""
        title = "、".join(class_("title") for class_ in said)
        return _grade(said[0]("grades") or grades, said[0]("title")), title

    def guardian(self, agents: str) -> tuple[str, str]:
        """Name and telephone of the first guardian whom the set describes."""
        for key in (part.strip() for part in agents.split(",")):
            if key in self.users and any(role in GUARDIANS for role, _ in self.roles.get(key, ())):
                said = self.reader("users", self.users[key])
                name = said(FULL_NAME) or whole_name(said("familyName"), said("givenName"))
                return name, said("sms") or said("phone")
        return "", ""


def _numbers(identifier: str, user_ids: str) -> tuple[str, str]:
    """Register number and identity number."""
    named = {kind.strip().lower(): value.strip() for kind, value in USER_ID.findall(user_ids)}
    identity = next((named[kind] for kind in named if kind in IDENTITY_TYPES), "")
    if RESIDENT_FORM.fullmatch(identifier.upper()):
        return "", identity or identifier
    return identifier, identity


def _grade(codes: str, title: str) -> str:
    """The first grade code in plain form, or the grade with which the title of the class begins."""
    code = codes.split(",")[0].strip()
    if code.upper() in KINDERGARTEN_CODES:
        return "学前"
    if code:
        return code.lstrip("0") or "学前"
    found = GRADE_IN_TITLE.match(title)
    return found[1] if found else ""


def _day(text: str, file: str, line: int, column: str) -> date | None:
    """A day as the standard writes it; a time behind it is left alone."""
    if not text:
        return None
    found = DATE.match(text)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        found = None
    raise Refused("oneroster_date", file=f"{file}.csv", at=line, column=column)
