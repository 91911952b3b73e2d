"""Shortcuts to a referral in each state. Not a test."""

from datetime import datetime

from django.utils import timezone

from qingyan.cases.actions import referring
from qingyan.cases.actions.codes import PrintedCodes
from qingyan.cases.actions.referring import Agreed, Draft
from qingyan.cases.models import Case, Referral
from qingyan.consent.models import ConsentEntry
from qingyan.foundation.access.scope import entered
from tests.cases.setting import counsellor, opened
from tests.consent.setting import publish
from tests.factories.city import Cast

HOSPITAL = "云州市第三人民医院心理科"
DRAFT = Draft("hospital", HOSPITAL, ["mood", "sleep"], ["thoughts"])


def guardian_says(cast: Cast, word: str = "agreed", *, purpose: str = "hospital", now: datetime | None = None) -> None:
    """The guardian's word on paper, recorded by the counsellor."""
    when = now or timezone.now()
    text = publish(cast, purpose=purpose, title="转介告知书")
    with entered(cast.platform()):
        ConsentEntry.objects.create(
            student_id=cast.home.pupil.id,
            school_id=cast.home.school.id,
            purpose=purpose,
            text_id=text.id,
            word=word,
            way="paper",
            relation="mother",
            said_on=timezone.localdate(when),
            recorded_at=when,
            recorded_by_id=cast.home.counsellor.id,
        )


def prepared(cast: Cast, *, urgency: str = "yellow", draft: Draft = DRAFT, now: datetime | None = None) -> Referral:
    """A referral that waits for its basis."""
    case, by = opened(cast, urgency=urgency, now=now), counsellor(cast)
    with entered(by):
        return referring.prepare(case=case, draft=draft, by=by, now=now or timezone.now())


def agreed(cast: Cast, *, contact: bool = False, diagnosis: bool = False, now: datetime | None = None) -> Referral:
    """A referral with the guardian's consent."""
    when, by = now or timezone.now(), counsellor(cast)
    guardian_says(cast, now=when)
    referral = prepared(cast, now=when)
    with entered(by):
        return referring.agree(referral=referral, agreed=Agreed("consent", contact, diagnosis), by=by, now=when)


def sent(cast: Cast, *, now: datetime | None = None, **ticked: bool) -> tuple[Referral, PrintedCodes]:
    """A referral on its way, with the printed codes."""
    when, by = now or timezone.now(), counsellor(cast)
    referral = agreed(cast, now=when, **ticked)
    with entered(by):
        return referral, referring.send(referral=referral, by=by, now=when)


def case_of(cast: Cast, referral: Referral) -> Case:
    """The case as it is now."""
    with entered(counsellor(cast)):
        return Case.objects.get(id=referral.case_id)
