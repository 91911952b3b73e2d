"""The stage of the demo's case work at one school: who acts, when, and about whom.

Everything is done by the actions of the domains, as a person of that school would do it, only earlier. Days are counted
back in school days, so that nobody holds a panel on a Sunday.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from qingyan.alerts.models import Alert
from qingyan.alerts.workflow import ACKNOWLEDGED
from qingyan.demo.cast import COLLEAGUES, PUPILS
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.organisations.models import School
from qingyan.people.models import Account, Post, Student
from qingyan.people.models.student import StudentState
from qingyan.people.queries.staff import staff_actor

MARK = "（演示）"
SATURDAY = 5
CALM = ("yellow", "blue", "green")  # what opens a case that is not a crisis
KNOWN = frozenset(pupil.id for pupil in PUPILS)
FIRST = {colleague.id: place for place, colleague in enumerate(COLLEAGUES)}


@dataclass
class Stage:
    """One school on the day of the load. `taken` are the pupils whom a story has already."""

    school: School
    day: datetime
    taken: set = field(default_factory=set)
    _actors: dict = field(default_factory=dict)

    @property
    def counsellor(self) -> Actor:
        """Who carries the cases: the one of the cast where there is one."""
        return self.staff(Role.COUNSELLOR)

    @property
    def leader(self) -> Actor:
        """The school's principal."""
        return self.staff(Role.PRINCIPAL)

    def staff(self, role: Role, place: int = 0) -> Actor:
        """The holder of this role at the school, the cast first; `place` counts on to colleagues."""
        if (role, place) not in self._actors:
            posts = Post.objects.filter(school=self.school, role=role).order_by("school_class", "id")
            held = sorted(posts.values_list("account_id", flat=True), key=lambda one: FIRST.get(one, len(FIRST)))
            self._actors[role, place] = actor_of(held[place], self.day).at_school(self.school.id)
        return self._actors[role, place]

    def teacher(self, at: datetime) -> Actor:
        """A homeroom teacher; the office in those days of a new school year when none had a class yet."""
        found = self.staff(Role.HOMEROOM_TEACHER)
        was_there = Post.objects.filter(account_id=found.id, starts_on__lte=at.date()).exists()
        return found if was_there else self.staff(Role.SCHOOL_ADMIN)

    def has(self, role: Role, place: int = 0) -> bool:
        """Whether the school has so many holders of this role."""
        return Post.objects.filter(school=self.school, role=role).count() > place

    def ago(self, days: int, hour: int, minute: int = 0) -> datetime:
        """This time of day so many school days (Monday to Friday) before the load."""
        day = self.day.date()
        while days:
            day -= timedelta(days=1)
            days -= day.weekday() < SATURDAY
        return datetime.combine(day, time(hour, minute), self.day.tzinfo)

    def minutes_ago(self, minutes: int) -> datetime:
        """Just now."""
        return self.day - timedelta(minutes=minutes)

    def pupil(self, class_: tuple[int, int] | None = None) -> Student:
        """A pupil of whom nothing is known yet: no alert, no other story, not of the cast. Nobody twice."""
        quiet = list(self._quiet())
        of_class = [one for one in quiet if (one.school_class.grade, one.school_class.number) == class_]
        found = (of_class or quiet)[0]
        self.taken.add(found.id)
        return found

    def alert(self) -> Alert | None:
        """An alert that the counsellor has taken, not of a crisis, the pupil's only sheet with one. Nobody twice."""
        sheets: dict = {}
        rows = list(Alert.objects.filter(school_id=self.school.id).order_by("raised_at", "id"))
        for one in rows:
            sheets.setdefault(one.student_id, set()).add((one.sitting_id, one.level in CALM, one.state))
        for one in rows:
            known = one.student_id in self.taken | KNOWN
            if not known and sheets[one.student_id] == {(one.sitting_id, True, ACKNOWLEDGED)}:
                self.taken.add(one.student_id)
                return one
        return None

    def _quiet(self) -> Iterator[Student]:
        flagged = set(Alert.objects.filter(school_id=self.school.id).values_list("student_id", flat=True))
        rows = Student.objects.filter(school=self.school, state=StudentState.ENROLLED).select_related("school_class")
        for one in rows.order_by("-school_class__grade", "school_class__number", "id"):
            if one.id not in flagged | self.taken | KNOWN:
                yield one


def actor_of(account_id: object, day: datetime) -> Actor:
    """The member of staff with today's posts, standing nowhere yet."""
    return staff_actor(Account.objects.get(id=account_id), day.date())
