"""Who takes part in the long story, each with a browser, and the round that the pupil is asked in. Not a test."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from playwright.sync_api import Page

from qingyan.foundation.access.roles import Role
from qingyan.people.api import PUPIL_COOKIE
from qingyan.people.models import Account
from tests.concerns.setting import pupil_client
from tests.consent.setting import publish
from tests.factories.city import _staff
from tests.journeys.red_answer.stage import DESK, PHONE, Person, Stage
from tests.screening.setting import school_round

ASKED = "phq-a"
PATIENCE_MS = 40_000  # the first page of a process reads every template; on a busy machine that takes long


@dataclass
class People:
    """Pupil, guardian and doctor sign in nowhere as staff; two strangers stand beside the story."""

    stage: Stage
    pupil: Person
    guardian: Person
    doctor: Person
    counsellor: Person
    deputy: Person
    teacher: Person
    leader: Person
    office: Person
    district: Person
    city: Person
    other_counsellor: Person
    other_district: Person

    @property
    def strangers(self) -> tuple[Person, ...]:
        """Members of staff to whom no alert, case or file of this pupil exists."""
        return self.teacher, self.other_counsellor, self.other_district, self.district, self.city

    @property
    def at_the_desk(self) -> tuple[Account, ...]:
        """Whom the counsellor asks to the panel."""
        return tuple(one.account for one in (self.leader, self.counsellor, self.teacher) if one.account)


def gathered(stage: Stage, new_page: Callable[..., Page]) -> People:
    """Everybody with an open browser; the round is open and the texts for guardians are published."""
    cast = stage.cast
    with transaction.atomic():
        school_round(cast, ASKED)
        publish(cast, purpose="hospital", title="转介告知书", now=stage.clock())
        deputy = _staff("qingshi.second", "苏禾", Role.COUNSELLOR, school=cast.home.school)
        away = _staff("away.lead", "山南负责人", Role.DISTRICT_LEAD, district=cast.far.school.district)
        ticket = pupil_client(cast).cookies[PUPIL_COOKIE].value
    person = partial(_person, stage, new_page)
    pupil = person(None, PHONE)
    pupil.page.context.add_cookies([{"name": PUPIL_COOKIE, "value": ticket, "url": stage.site}])
    return People(
        stage=stage,
        pupil=pupil,
        guardian=person(None, PHONE),
        doctor=person(None, PHONE),
        counsellor=person(cast.home.counsellor),
        deputy=person(deputy),
        teacher=person(cast.home.homeroom_teacher, PHONE),
        leader=person(cast.home.principal),
        office=person(cast.home.school_admin),
        district=person(cast.district_lead),
        city=person(cast.city_officer),
        other_counsellor=person(cast.other.counsellor),
        other_district=person(away),
    )


def _person(stage: Stage, new_page: Callable[..., Page], account: Account | None, width: int = DESK) -> Person:
    page = new_page(width=width)
    page.context.set_default_timeout(PATIENCE_MS)
    return Person(stage, page, account)
