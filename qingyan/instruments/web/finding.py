"""Finding an instrument in the library: by words, grade, age, subject, licence, review. An unknown choice keeps all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.web.listing import asked_for
from qingyan.instruments.queries.reviews import Standing
from qingyan.instruments.rules.constructs import Construct, about
from qingyan.instruments.rules.review import OLDEST_ABOVE_GRADE
from qingyan.instruments.web import words
from qingyan.instruments.web.desk import STATES
from qingyan.organisations.api import grade_name

SUBJECTS = {
    Construct.MOOD: _("心情"),
    Construct.TENSION: _("紧张和担心"),
    Construct.STRESS: _("压力"),
    Construct.SLEEP: _("睡眠"),
    Construct.WHOLE: _("多方面"),
    Construct.EVENTS: _("生活事件"),
    Construct.SUPPORT: _("身边的支持"),
    Construct.SELF_WORTH: _("怎么看自己"),
    Construct.LONELINESS: _("孤单"),
    Construct.WELL_BEING: _("过得好不好"),
    Construct.BEHAVIOUR: _("行为和长处"),
}
KEYS = ("q", "grade", "age", "subject", "licence", "state")


@dataclass(frozen=True)
class Wanted:
    """What the address asks for, each as text; "" asks for nothing."""

    q: str = ""
    grade: str = ""
    age: str = ""
    subject: str = ""
    licence: str = ""
    state: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "Wanted":
        """Read from the address."""
        return cls(**{key: asked_for(asked, key) for key in KEYS})

    def keeps(self, one: Standing) -> bool:
        """Whether this version is wanted."""
        return all(fits(one) for fits in self._asked())

    def _asked(self) -> list[Callable[[Standing], bool]]:
        checks: list[Callable[[Standing], bool]] = []
        if self.q:
            checks.append(lambda one: self.q.lower() in _text(one))
        if (grade := _number(self.grade, 12)) is not None:
            checks.append(lambda one: _suits(one, grade + OLDEST_ABOVE_GRADE - 1, grade + OLDEST_ABOVE_GRADE))
        if (age := _number(self.age, 120)) is not None:
            checks.append(lambda one: _suits(one, age, age))
        if self.subject in SUBJECTS:
            checks.append(lambda one: self.subject in about(one.plan.code))
        if self.licence in words.LICENCES:
            checks.append(lambda one: one.plan.instrument.source.licence_status == self.licence)
        if self.state in dict(STATES):
            checks.append(lambda one: one.state == self.state)
        return checks


def choices() -> dict[str, Any]:
    """What the selects offer."""
    return {
        "grades": [(str(grade), grade_name(grade)) for grade in range(1, 13)],
        "subjects": [(one.value, name) for one, name in SUBJECTS.items()],
        "licences": list(words.LICENCES.items()),
        "states": STATES,
    }


def _suits(one: Standing, youngest: int, oldest: int) -> bool:
    first, last = one.plan.instrument.audience.ages
    return first <= youngest and oldest <= last


def _number(text: str, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 and 0 < int(text) <= most else None


def _text(one: Standing) -> str:
    instrument = one.plan.instrument
    parts = (instrument.title, instrument.public_title, instrument.description)
    subjects = " ".join(str(SUBJECTS[subject]) for subject in about(one.plan.code))
    return f"{one.plan.code} {subjects} {' '.join(f'{part.zh} {part.en}' for part in parts)}".lower()
