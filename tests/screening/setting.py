"""A round at the school of the story, and shortcuts to what pupils do in it. Not a test."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from unittest.mock import patch

from django.utils import timezone

from qingyan.consent.models import ConsentEntry, ConsentText
from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.people import api as people
from qingyan.people.actions.door import Recognised
from qingyan.people.actions.slips import reissue
from qingyan.people.contracts import PupilTicket
from qingyan.people.models import Student
from qingyan.screening.actions import campaigns, sittings
from qingyan.screening.contracts import Answer, CampaignPlan, Chosen
from qingyan.screening.models import Campaign, Sitting
from qingyan.screening.queries.tests import test_for as find_test
from tests.factories.city import Cast, Place

NOTICE = "想了解大家最近的状态。可以随时停下来。"


def plan_of(*codes: str, grades: tuple[int, int] = (10, 12), now: datetime | None = None) -> CampaignPlan:
    """A round from an hour ago for a week, asking these instruments in these grades."""
    at = now or timezone.now()
    return CampaignPlan(
        title="秋季测评",
        notice=NOTICE,
        opens_at=at - timedelta(hours=1),
        closes_at=at + timedelta(days=7),
        instruments=tuple(Chosen(code, instruments.plan(code).version, *grades) for code in codes),
    )


def city_round(cast: Cast, *codes: str, grades: tuple[int, int] = (10, 12)) -> Campaign:
    """An open round of the city."""
    officer = cast.actor(cast.city_officer)
    with entered(officer):
        now = timezone.now()
        holder = campaigns.Holder(city_id=cast.city.id)
        return _opened(holder, plan_of(*codes, grades=grades), officer, now)


def school_round(cast: Cast, *codes: str, grades: tuple[int, int] = (10, 12), place: Place | None = None) -> Campaign:
    """An open round of the school of the story."""
    where = place or cast.home
    counsellor = cast.actor(where.counsellor, where)
    with entered(counsellor):
        now = timezone.now()
        holder = campaigns.Holder(school_id=where.school.id)
        return _opened(holder, plan_of(*codes, grades=grades), counsellor, now)


def _opened(holder: campaigns.Holder, given: CampaignPlan, by: Actor, now: datetime) -> Campaign:
    """Planned and opened without the burden guard: tests put rounds side by side that nobody would ask of a pupil."""
    with patch.multiple(
        campaigns, burden_faults=_no_burden, campaign_burden_faults=_no_burden, campaign_burden_warnings=_no_burden
    ):
        campaign = campaigns.plan(holder=holder, given=given, by=by, now=now)
        return campaigns.open_(campaign=campaign, by=by, now=now)


def _no_burden(*_: object) -> list[str]:
    return []


def signed_in(student: Student) -> Actor:
    """The pupil as the middleware would make the actor."""
    return Actor(
        kind=Kind.PUPIL,
        id=student.id,
        school_id=student.school_id,
        student_id=student.id,
        class_id=student.school_class_id,
    )


def signed_in_at_the_door(cast: Cast, student: Student) -> PupilTicket:
    """The ticket of a live session: slip issued, tried and confirmed. A transaction must be open."""
    place = next(one for one in (cast.home, cast.other, cast.far) if one.school.id == student.school_id)
    counsellor = cast.actor(place.counsellor, place)
    now = timezone.now()
    with entered(counsellor):
        slip = reissue(student=student, validity=timedelta(days=1), by=counsellor, now=now)
    seen = people.try_slip(
        school_id=place.school.id,
        class_code=student.school_class.code,
        code=slip.code,
        device=f"{student.id}@127.0.0.1",
        now=now,
    )
    assert isinstance(seen, Recognised)
    ticket = people.open_session(school_id=place.school.id, slip_id=seen.slip, now=now)
    assert ticket is not None
    return ticket


def guardian_agreed(cast: Cast, student: Student) -> None:
    """The guardian of a pupil of the school of the story said yes on paper a moment ago."""
    now = timezone.now()
    with entered(cast.platform(cast.home)):
        text = ConsentText.objects.create(
            school_id=student.school_id, purpose="screening", version=1, title="x", body="y", published_at=now
        )
        ConsentEntry.objects.create(
            student=student,
            school_id=student.school_id,
            purpose="screening",
            text=text,
            word="agreed",
            way="online",
            said_on=timezone.localdate(now),
            recorded_at=now,
        )


def begun(campaign: Campaign, code: str, by: Actor, *, now: datetime | None = None) -> Sitting:
    """The pupil's sitting, just begun. The pupil's scope must be entered."""
    at = now or timezone.now()
    test = find_test(by, campaign.id, code, now=at)
    assert test is not None, "the pupil is not asked this"
    return sittings.begin(test=test, by=by, now=at, assents=True)


@dataclass
class Typist:
    """Makes answers with rising sequence numbers."""

    sitting: Sitting
    seq: int = 0

    def answer(self, item: int, value: int, *, seq: int | None = None, ms: int = 1500) -> Answer:
        """The next answer of the sheet."""
        self.seq = self.seq + 1 if seq is None else seq
        return Answer(sheet=self.sitting.id, item=item, value=value, seq=self.seq, ms=ms)
