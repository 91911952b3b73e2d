"""Shortcuts to what happens before an alert is looked at. Not a test."""

from datetime import datetime

from django.test import Client
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.people.models import Account, Student
from qingyan.screening.actions import answers
from qingyan.screening.contracts import HandIn
from qingyan.screening.models import Campaign, Sitting
from tests.factories.city import Cast, Place
from tests.screening.setting import Typist, begun, school_round, signed_in

END_LIFE, DEATH = 14, 58  # items 15 and 59 of SCL-90, counted from 0


def browser(account: Account) -> Client:
    """A member of staff with a browser."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def counsellor(cast: Cast, place: Place | None = None) -> Actor:
    """The counsellor of a school, standing there."""
    where = place or cast.home
    return cast.actor(where.counsellor, where)


class Answering:
    """One pupil at one instrument of a round."""

    def __init__(self, student: Student, campaign: Campaign, code: str = "scl-90") -> None:
        self.by, self.code = signed_in(student), code
        with entered(self.by):
            self.sitting: Sitting = begun(campaign, code, self.by)
        self.typist = Typist(self.sitting)

    def save(self, item: int, value: int, *, now: datetime | None = None) -> None:
        """The pupil chooses an answer."""
        with entered(self.by):
            answers.save(answer=self.typist.answer(item, value), by=self.by, now=now or timezone.now())

    def hand_in(self, *, now: datetime | None = None) -> None:
        """The pupil hands in what there is."""
        handed = HandIn(sheet=self.sitting.id, submission=self.sitting.id)
        with entered(self.by):
            answers.finish(handed=handed, by=self.by, now=now or timezone.now())

    def answer_everything(self, value: int) -> None:
        """The same answer to every item."""
        for item in range(len(instruments.plan(self.code).items)):
            self.save(item, value)


def alerted(cast: Cast, place: Place | None = None, *, value: int = 4, pupil: Student | None = None) -> Alert:
    """The alert of a pupil who chose `value` at item 15 of SCL-90, in a round of the own school."""
    where = place or cast.home
    campaign = Campaign.objects.filter(school=where.school).first() or school_round(cast, "scl-90", place=where)
    sheet = Answering(pupil or where.pupil, campaign)
    sheet.save(END_LIFE, value)
    with entered(cast.platform(where)):
        return Alert.objects.get(sitting=sheet.sitting)
