"""A draft is planned step by step: each step saves itself, a refused one changes nothing, an open round stands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.instruments import api as instruments
from qingyan.screening.actions import campaigns, drafts
from qingyan.screening.actions.campaigns import Unfit
from qingyan.screening.contracts import Chosen
from qingyan.screening.models import Campaign, CampaignInstrument, SecondStage
from qingyan.screening.queries.burden import booked_at
from tests.screening.setting import city_round, plan_of, school_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast):
    """The school's counsellor, in scope."""
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        yield counsellor


@pytest.fixture
def draft(cast, by) -> Campaign:
    holder = campaigns.Holder(school_id=cast.home.school.id)
    return drafts.begin(holder=holder, given=drafts.Named("春测", "census"), notice="x", by=by, now=timezone.now())


def asking(*codes) -> drafts.Asking:
    return drafts.Asking(tuple(Chosen(code, instruments.plan(code).version, 10, 12) for code in codes), "fixed")


def days(start=20, length=5) -> drafts.Days:
    opens = timezone.now() + timedelta(days=start)
    return drafts.Days(opens, opens + timedelta(days=length))


def everything(draft, by) -> None:
    now = timezone.now()
    drafts.choose(campaign=draft, given=asking("scl-90"), by=by, now=now)
    drafts.set_days(campaign=draft, given=days(), by=by, now=now)
    drafts.set_words(campaign=draft, given=drafts.Words("可以不做。", None), by=by, now=now)
    drafts.set_cutoffs(
        campaign=draft, rules={"scl-90": "total_only"}, stage=SecondStage(campaign=draft), by=by, now=now
    )


def test_a_draft_opens_when_every_step_is_settled_and_not_before(draft, by):
    now = timezone.now()
    with pytest.raises(Unfit, match="没有填完"):
        campaigns.open_(campaign=draft, by=by, now=now)
    everything(draft, by)
    draft.refresh_from_db()
    assert campaigns.open_(campaign=draft, by=by, now=now).state == "open"


def test_a_step_writes_into_the_trail_which_one_it_was(draft, by, cast):
    drafts.set_days(campaign=draft, given=days(), by=by, now=timezone.now())
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="campaign.revised").detail == {"step": "dates"}


def test_days_that_ask_too_much_are_refused_and_nothing_changes(draft, by, cast):
    drafts.choose(campaign=draft, given=asking("scl-90"), by=by, now=timezone.now())
    school_round(cast, "scl-90")  # open for a week from now
    with pytest.raises(Unfit, match="要隔"):
        drafts.set_days(campaign=draft, given=days(start=10), by=by, now=timezone.now())
    before = draft.opens_at
    draft.refresh_from_db()
    assert ("dates" in draft.settled, draft.opens_at) == (False, before)
    drafts.set_days(campaign=draft, given=days(start=60), by=by, now=timezone.now())  # far enough


def test_instruments_that_ask_too_much_on_these_days_are_refused_and_nothing_changes(draft, by, cast):
    drafts.set_days(campaign=draft, given=days(start=10), by=by, now=timezone.now())
    drafts.choose(campaign=draft, given=asking("gad-7"), by=by, now=timezone.now())
    school_round(cast, "scl-90")
    with pytest.raises(Unfit, match="要隔"):
        drafts.choose(campaign=draft, given=asking("scl-90"), by=by, now=timezone.now())
    assert [one.instrument for one in CampaignInstrument.objects.filter(campaign=draft)] == ["gad-7"]


def test_proposed_days_burden_nobody(draft, by):
    drafts.choose(campaign=draft, given=asking("scl-90"), by=by, now=timezone.now())
    holder = campaigns.Holder(school_id=draft.school_id)
    assert booked_at(holder) == []
    drafts.set_days(campaign=draft, given=days(), by=by, now=timezone.now())
    assert len(booked_at(holder)) == 1


def test_other_instruments_ask_for_a_new_look_at_the_cutoffs(draft, by):
    everything(draft, by)
    SecondStage.objects.filter(campaign=draft).update(first_instrument="scl-90")
    drafts.choose(campaign=draft, given=asking("gad-7"), by=by, now=timezone.now())
    draft.refresh_from_db()
    assert "cutoffs" not in draft.settled
    assert SecondStage.objects.get(campaign=draft).first_instrument == ""


def test_a_cutoff_stays_when_only_the_grades_change(draft, by):
    everything(draft, by)
    narrower = drafts.Asking((Chosen("scl-90", instruments.plan("scl-90").version, 11, 11),), "shuffled")
    drafts.choose(campaign=draft, given=narrower, by=by, now=timezone.now())
    draft.refresh_from_db()
    assert "cutoffs" in draft.settled
    assert CampaignInstrument.objects.get(campaign=draft).screen_rule == "total_only"


def test_a_cutoff_that_the_file_does_not_have_is_refused(draft, by):
    drafts.choose(campaign=draft, given=asking("scl-90"), by=by, now=timezone.now())
    with pytest.raises(Unfit, match="筛查线"):
        drafts.set_cutoffs(
            campaign=draft, rules={"scl-90": "mine"}, stage=SecondStage(campaign=draft), by=by, now=timezone.now()
        )


def test_an_open_round_stays_as_it_was_read(by, cast):
    campaign = school_round(cast, "scl-90")
    with pytest.raises(Unfit, match="已经开放"):
        drafts.name_it(campaign=campaign, given=drafts.Named("别的", "census"), by=by, now=timezone.now())


def test_a_round_of_the_city_is_not_the_schools_to_plan(by, cast):
    campaign = city_round(cast, "scl-90")
    with pytest.raises(NotVisible):
        drafts.set_days(campaign=campaign, given=days(), by=by, now=timezone.now())


def test_a_plan_given_whole_needs_no_step(by, cast):
    holder = campaigns.Holder(school_id=cast.home.school.id)
    made = campaigns.plan(holder=holder, given=plan_of("scl-90"), by=by, now=timezone.now())
    assert campaigns.open_(campaign=made, by=by, now=timezone.now()).state == "open"
