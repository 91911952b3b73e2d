"""A pupil is asked in private to do an instrument again: a fresh sheet, the first stays, and nobody counts it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.screening.actions import answering, campaigns
from qingyan.screening.actions.inviting import invite
from qingyan.screening.models import AnsweringQuality, Reading, Reinvitation, Result, Sitting
from qingyan.screening.queries.comparison import comparison
from qingyan.screening.queries.progress import class_here, progress_here, pupils_of
from qingyan.screening.queries.tests import test_for as find_test
from qingyan.screening.queries.tests import tests_for as find_tests
from tests.alerts.setting import END_LIFE, Answering, counsellor
from tests.screening.setting import begun, school_round


class Story:
    """A high-risk first sheet that is doubted, and the counsellor who may ask again."""

    def __init__(self, cast) -> None:
        self.cast, self.by, self.now = cast, counsellor(cast), timezone.now()
        self.campaign = school_round(cast, "scl-90")
        self.first = Answering(cast.home.pupil, self.campaign)
        self.first.answer_everything(3)
        self.first.save(END_LIFE, 5)
        self.first.hand_in()
        with entered(cast.platform()):
            self.quality = AnsweringQuality.objects.create(
                sitting=self.first.sitting,
                campaign=self.campaign,
                student=cast.home.pupil,
                school=cast.home.school,
                school_class=cast.home.class_a,
                instrument="scl-90",
                doubtful=True,
                rule_version="t",
                assessed_at=self.now,
            )

    def invite(self, by=None) -> Reinvitation:
        by = by or self.by
        with entered(by):
            return invite(quality=self.quality, by=by, now=self.now)

    def tests(self, now=None):
        with entered(self.first.by):
            return find_tests(self.first.by, now=now or self.now)

    def again(self) -> Answering:
        second = Answering.__new__(Answering)
        second.by, second.code = self.first.by, "scl-90"
        with entered(second.by):
            second.sitting = begun(self.campaign, "scl-90", second.by)
        second.typist = type(self.first.typist)(second.sitting)
        return second

    def close(self) -> None:
        with entered(self.by):
            campaigns.close(campaign=self.campaign, by=self.by, now=timezone.now())


@pytest.fixture
def story(cast) -> Story:
    return Story(cast)


def test_the_pupil_finds_it_again_and_the_first_sheet_stays_with_its_alert_and_its_result(story, cast):
    assert [one.finished for one in story.tests()] == [True], "the control: done before anybody asked"
    assert story.invite() == story.invite(), "twice is once"
    (test,) = story.tests()
    assert (test.again, test.finished, test.sitting) == (True, False, None)
    second = story.again()
    second.answer_everything(1)
    second.hand_in()
    assert [(one.again, one.finished) for one in story.tests()] == [(False, True)]
    with entered(cast.platform()):
        kept = Sitting.objects.get(again_of=story.first.sitting)
        assert (kept.id, kept.state) == (second.sitting.id, "finished")
        assert Result.objects.filter(student=cast.home.pupil).count() == 2
        assert Alert.objects.filter(sitting=story.first.sitting, level="red").exists()
        assert Entry.objects.filter(student=cast.home.pupil, kind="result").count() == 2
    with entered(story.by):
        shown = comparison(story.by, story.campaign, cast.home.pupil.id).answered
    assert [(one.again, one.asks) for one in shown] == [(False, True), (True, False)], "both, side by side"


def test_it_works_after_the_round_has_ended_and_not_after_its_own_end(story):
    story.close()
    assert story.tests() == []
    story.invite()
    second = story.again()
    second.answer_everything(1)
    second.hand_in()
    assert story.tests(story.now + timedelta(days=15)) == []


def test_without_an_invitation_a_closed_round_takes_nothing(story):
    story.close()
    with entered(story.first.by):
        assert find_test(story.first.by, story.campaign.id, "scl-90", now=timezone.now()) is None


def test_no_count_and_no_teacher_knows_of_it(story, cast):
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)

    def seen():
        with entered(teacher):
            here = class_here(teacher, cast.home.class_a.id)
            lines = [line.progress for line in progress_here(teacher, story.campaign) if line.school_class == here]
            return lines, [(one.done, one.asked) for one in pupils_of(teacher, story.campaign, here)]

    before = seen()
    story.invite()
    second = story.again()
    second.save(0, 1)
    assert seen() == before
    second.answer_everything(1)
    second.hand_in()
    assert seen() == before
    with entered(cast.platform()):
        assert Reinvitation.objects.count() == 1, "the control: it is there"
    with transaction.atomic(), entered(teacher):
        try:
            found = list(Reinvitation.objects.all())
        except ProgrammingError:
            found = []
            transaction.set_rollback(True)
    assert found == []


def test_only_the_own_schools_counsellor_asks_and_only_for_a_first_finished_sheet(story, cast):
    for account, place in ((cast.home.homeroom_teacher, cast.home), (cast.other.counsellor, cast.other)):
        with pytest.raises(NotVisible):
            story.invite(cast.actor(account, place))
    with entered(cast.platform()):
        Sitting.objects.filter(id=story.first.sitting.id).update(state="answering")
    with pytest.raises(NotAllowed):
        story.invite()


def test_another_decision_takes_it_back_as_long_as_nothing_was_begun(story):
    def decide(reading):
        with entered(story.by):
            answering.decide(quality=story.quality, reading=reading, by=story.by, now=story.now)

    decide(Reading.AGAIN)
    assert story.tests()[0].again
    decide(Reading.TALK)
    assert not story.tests()[0].again
    decide(Reading.AGAIN)
    story.again().save(0, 1)
    decide(Reading.COUNTS)
    assert story.tests()[0].again, "what was begun may be finished"


def test_the_counsellor_sees_how_far_it_is(story, cast):
    client = Client()
    client.force_login(cast.home.counsellor, backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/s/qingshi/answering/{story.first.sitting.id}/", {"reading": "again"})
    page = client.get(f"/s/qingshi/campaigns/{story.campaign.id}/answering/").content.decode()
    assert "已请他再做，还没有开始" in page
    second = story.again()
    second.save(0, 1)
    page = client.get(f"/s/qingshi/campaigns/{story.campaign.id}/answering/").content.decode()
    assert "正在再做" in page
    second.answer_everything(1)
    second.hand_in()
    page = client.get(f"/s/qingshi/campaigns/{story.campaign.id}/answering/").content.decode()
    assert "已再做一次" in page
