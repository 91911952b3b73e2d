"""Nothing begins without the consent that is needed, whatever way the request came."""

from datetime import date

import pytest
from django.utils import timezone

from qingyan.consent.contracts import Way, Why, Word
from qingyan.consent.models import AssentEntry, ConsentEntry, ConsentText
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Student
from qingyan.screening.actions import sittings
from qingyan.screening.actions.agreeing import NotYet
from qingyan.screening.models import Sitting
from qingyan.screening.queries.tests import test_for as find_test
from tests.screening.setting import city_round, signed_in

AGED = {12: date(2014, 5, 4), 16: date(2010, 5, 4)}


@pytest.fixture
def ask(cast):
    """Begin as the pupil of the story, at an age, after the guardian said something; the round asks CES-DC."""
    campaign = city_round(cast, "ces-dc", grades=(10, 11))

    def try_it(age: int, guardian: Word | None = None, *, assents: bool = True) -> Sitting:
        now, pupil = timezone.now(), cast.home.pupil
        with entered(cast.platform(cast.home)):
            Student.objects.filter(id=pupil.id).update(birth_date=AGED[age])
            if guardian:
                text = ConsentText.objects.create(
                    city=cast.city, purpose="screening", version=1, title="x", body="y", published_at=now
                )
                ConsentEntry.objects.create(
                    student=pupil,
                    school=cast.home.school,
                    purpose="screening",
                    text=text,
                    word=guardian,
                    way=Way.ONLINE,
                    said_on=timezone.localdate(now),
                    recorded_at=now,
                )
        by = signed_in(pupil)
        with entered(by):
            test = find_test(by, campaign.id, "ces-dc", now=now)
            assert test is not None
            return sittings.begin(test=test, by=by, now=now, assents=assents)

    return try_it


@pytest.mark.parametrize(
    ("age", "guardian", "assents", "why"),
    [
        (12, None, True, Why.GUARDIAN_MISSING),
        (12, Word.REFUSED, True, Why.GUARDIAN_SAID_NO),
        (12, Word.WITHDRAWN, True, Why.GUARDIAN_SAID_NO),
        (16, None, False, Why.OWN_MISSING),
        (16, Word.REFUSED, True, Why.GUARDIAN_SAID_NO),
    ],
)
def test_it_does_not_begin(ask, cast, age, guardian, assents, why):
    with pytest.raises(NotYet) as refusal:
        ask(age, guardian, assents=assents)
    assert refusal.value.why is why
    with entered(cast.platform(cast.home)):
        assert not Sitting.objects.exists()
        assert not AssentEntry.objects.exists()


def test_a_child_begins_when_the_guardian_agreed_and_is_not_asked_to_sign(ask, cast):
    assert ask(12, Word.AGREED, assents=False).state == "answering"
    with entered(cast.platform(cast.home)):
        assert not AssentEntry.objects.exists()


def test_somebody_of_sixteen_begins_with_the_own_yes_which_is_kept(ask, cast):
    sitting = ask(16)
    with entered(cast.platform(cast.home)):
        kept = AssentEntry.objects.get()
        assert (kept.word, kept.about) == (Word.AGREED, sitting.campaign_id)
