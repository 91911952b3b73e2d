"""The school's administrator at the desk with a roster: uploads, commits, and looks at what happened. Not a test."""

from datetime import UTC, datetime, timedelta

from qingyan.organisations.models import SchoolClass
from qingyan.people.actions import roster, roster_committing
from qingyan.people.models import Enrolment, Guardian, RosterDraft, Student
from tests.people.roster.files import HEADER, xlsx

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SHORT = ("学籍号", "姓名", "年级", "班级")


def for_home(rows: list[list[object]]) -> list[list[object]]:
    """The rows of tests.people.roster.files, without the name of another school."""
    return [[*row[:7], "", *row[8:]] for row in rows]


class Desk:
    """The school's administrator at work."""

    def __init__(self, cast, acting) -> None:
        self.cast, self.acting = cast, acting
        self.by = cast.actor(cast.home.school_admin, cast.home)
        self.school = cast.home.school

    def upload(self, content: bytes, now: datetime = NOW) -> RosterDraft:
        with self.acting(self.by):
            return roster.upload(school=self.school, file_name="名册.xlsx", content=content, by=self.by, now=now)

    def commit(self, draft: RosterDraft, now: datetime = NOW, **choices) -> RosterDraft:
        with self.acting(self.by):
            return roster_committing.commit(draft=draft, by=self.by, now=now, **choices)

    def bring(self, rows: list[list[object]], header=HEADER, now: datetime = NOW) -> RosterDraft:
        return self.commit(self.upload(xlsx(rows, header=header), now), now)

    def everything(self):
        """The platform's scope, to look at what happened."""
        return self.acting(self.cast.platform())

    def state(self) -> tuple:
        """All that an import may change, for proving that it did not."""
        found = []
        for place in (self.cast.home, self.cast.other):
            with self.acting(self.cast.platform(place)):
                found += [
                    sorted(Student.objects.values_list("id", "name", "school_class_id", "state")),
                    sorted(Enrolment.objects.values_list("id", "school_class_id", "ends_on"), key=str),
                    sorted(Guardian.objects.values_list("id", "student_id")),
                    sorted(SchoolClass.objects.values_list("id", "code")),
                ]
        return tuple(found)
