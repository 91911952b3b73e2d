"""A new round begins by the plan of another: what fits is taken over, what does not is said, days are never copied."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.screening.actions import campaigns, drafts
from qingyan.screening.actions.templates import follow, mark, unmark
from qingyan.screening.models import Campaign, CampaignInstrument, RoundTemplate, SecondStage
from qingyan.screening.queries.templates import sources
from tests.screening.queries.test_reviewed import decided
from tests.screening.setting import city_round, plan_of, school_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast):
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        yield counsellor


def holder(cast):
    return campaigns.Holder(school_id=cast.home.school.id)


def begun(cast, by) -> Campaign:
    return drafts.begin(holder=holder(cast), given=drafts.Named("春测", "again"), notice="x", by=by, now=timezone.now())


def test_the_plan_is_taken_over_and_the_days_and_cutoffs_are_to_be_looked_at(cast, by):
    source = school_round(cast, "scl-90")
    CampaignInstrument.objects.filter(campaign=source).update(screen_rule="total_only")
    SecondStage.objects.create(campaign=source, instrument="phq-a", version="1.1", least_days=20)
    draft = begun(cast, by)
    assert follow(draft=draft, source=source, by=by, now=timezone.now()) == []
    draft.refresh_from_db()
    asked = CampaignInstrument.objects.get(campaign=draft)
    assert (asked.instrument, asked.grade_from, asked.screen_rule) == ("scl-90", 10, "total_only")
    assert (draft.title, draft.notice) == ("春测", source.notice)
    assert SecondStage.objects.get(campaign=draft).least_days == 20
    assert draft.settled == ["purpose", "instruments", "consent"]
    assert draft.opens_at > source.closes_at


def test_what_is_not_open_here_is_left_out_and_said(cast, by):
    source = school_round(cast, "scl-90", "gad-7")
    decided(cast, "gad-7", "refused")
    draft = begun(cast, by)
    (left,) = follow(draft=draft, source=source, by=by, now=timezone.now())
    assert left == instruments.instrument("gad-7").title.zh
    assert [one.instrument for one in CampaignInstrument.objects.filter(campaign=draft)] == ["scl-90"]


def test_a_draft_of_the_city_is_a_source_for_schools_only_as_a_template(cast):
    officer, now = cast.actor(cast.city_officer), timezone.now()
    with entered(officer):
        draft = campaigns.plan(
            holder=campaigns.Holder(city_id=cast.city.id), given=plan_of("scl-90"), by=officer, now=now
        )
    by = cast.actor(cast.home.counsellor, cast.home)
    with entered(by):
        assert sources(by, holder(cast)).find(draft.id) is None
    with entered(officer):
        mark(campaign=draft, by=officer, now=now)
        mark(campaign=draft, by=officer, now=now)
    with entered(by):
        assert [one.id for one in sources(by, holder(cast)).templates] == [draft.id]
        with pytest.raises(NotVisible):
            unmark(campaign=draft, by=by, now=now)
    with entered(officer):
        unmark(campaign=draft, by=officer, now=now)
    assert not RoundTemplate.objects.exists()


def test_another_schools_round_is_no_source(cast, by):
    theirs = school_round(cast, "scl-90", place=cast.other)
    RoundTemplate.objects.create(campaign=theirs, saved_at=timezone.now())
    own, citys = school_round(cast, "scl-90"), city_round(cast, "scl-90")
    found = sources(by, holder(cast))
    assert found.find(theirs.id) is None
    assert {one.id for one in found.earlier} == {own.id, citys.id}


def test_in_the_browser_a_round_is_marked_and_followed(client, cast):
    client.force_login(cast.home.counsellor, backend="django.contrib.auth.backends.ModelBackend")
    source = school_round(cast, "scl-90")
    client.post(reverse("screening:template", args=["qingshi", source.id]))
    new = reverse("screening:new_campaign", args=["qingshi"])
    assert "模板" in client.get(new).content.decode()
    client.post(new, {"title": "春测", "purpose": "again", "source": str(source.id)})
    draft = Campaign.objects.get(title="春测")
    assert CampaignInstrument.objects.filter(campaign=draft).count() == 1
    client.post(reverse("screening:template", args=["qingshi", source.id]), {"keep": "no"})
    assert not RoundTemplate.objects.exists()
