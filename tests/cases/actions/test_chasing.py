"""Who was sent and gave no sign is not forgotten: a neutral notice on each day of the file, once."""

from datetime import timedelta

from django.utils import timezone

from qingyan.cases import jobs
from qingyan.cases.actions import referring
from qingyan.cases.actions.chasing import chase_school
from qingyan.cases.models import ReferralTry
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.notifications.models import Notification
from tests.cases.referral_setting import HOSPITAL, sent
from tests.cases.setting import counsellor


def chased(cast, now, place=None) -> int:
    by = system_actor(school_id=(place or cast.home).school.id, sight=jobs.SIGHT, purpose="test")
    with entered(by):
        return chase_school(by=by, now=now)


def notices(cast) -> list[Notification]:
    with entered(cast.platform()):
        return list(Notification.objects.filter(account_id=cast.home.counsellor.id, kind="overdue"))


def test_on_each_day_of_the_file_the_owner_is_told_once_and_in_neutral_words(cast):
    now = timezone.now()
    sent(cast, now=now)
    assert chased(cast, now + timedelta(days=2)) == 0, "not before its day"
    for _again in range(2):
        chased(cast, now + timedelta(days=3, minutes=1))
    assert len(notices(cast)) == 1
    chased(cast, now + timedelta(days=15))
    found = notices(cast)
    assert len(found) == 3
    assert all(HOSPITAL not in one.path and cast.home.pupil.name not in one.path for one in found)
    assert chased(cast, now + timedelta(days=15), cast.other) == 0


def test_what_was_given_up_is_not_chased(cast):
    now = timezone.now()
    referral, _ = sent(cast, now=now)
    by = counsellor(cast)
    with entered(by):
        referring.decline(referral=referral, reason="不去了", by=by, now=now)
    assert chased(cast, now + timedelta(days=15)) == 0


def test_wrong_tries_are_kept_a_day(cast):
    now = timezone.now()
    with entered(cast.platform()):
        for age in (timedelta(hours=1), timedelta(hours=25)):
            ReferralTry.objects.create(school_id=cast.home.school.id, key="x", at=now - age)
    chased(cast, now)
    with entered(cast.platform()):
        assert ReferralTry.objects.count() == 1
