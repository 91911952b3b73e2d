"""What the domains above read of screening: within the scope, and in contracts only."""

from datetime import timedelta

from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.screening import api as screening
from qingyan.screening.actions import answers
from tests.screening.setting import Typist, begun, city_round, signed_in


def answered(cast):
    campaign = city_round(cast, "scl-90")
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
        answers.save(answer=Typist(sitting).answer(2, 4), by=by, now=timezone.now())
    return campaign, sitting


def test_a_counsellor_reads_the_answers_of_the_own_school(cast):
    _, sitting = answered(cast)
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        read = screening.answers_of(counsellor, sitting.id)
        assert screening.sitting(counsellor, sitting.id).student == cast.home.pupil.id
    assert read.answers[2] == 4


def test_nobody_else_reads_them(cast):
    _, sitting = answered(cast)
    for account, place in (
        (cast.other.counsellor, cast.other),
        (cast.home.homeroom_teacher, cast.home),
        (cast.home.principal, cast.home),
    ):
        actor = cast.actor(account, place)
        with entered(actor):
            assert screening.answers_of(actor, sitting.id) is None


def test_sheets_saved_lately_are_found_even_before_they_are_handed_in(cast):
    _, sitting = answered(cast)
    platform = cast.platform()
    with entered(platform):
        found = list(screening.sheets_saved_since(platform, timezone.now() - timedelta(minutes=5)))
        assert not list(screening.sheets_saved_since(platform, timezone.now() + timedelta(minutes=5)))
    assert [one.sitting.id for one in found] == [sitting.id]


def test_open_rounds_name_the_classes_that_are_behind(cast):
    campaign, _ = answered(cast)
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        (found,) = screening.open_campaigns(counsellor, now=timezone.now())
    assert (found.id, found.invited, found.finished, found.behind) == (campaign.id, 3, 0, ("高一（1）班 0%",))
