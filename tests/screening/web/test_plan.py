"""The steps of planning in the browser: each has an address, keeps what was typed, and can be left and found again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from qingyan.instruments import api as instruments
from qingyan.screening.models import Campaign, CampaignInstrument, SecondStage
from qingyan.screening.rules.steps import STEPS
from tests.screening.setting import city_round, school_round

BACKEND = "django.contrib.auth.backends.ModelBackend"


def at(name, *args, slug="qingshi"):
    return reverse(f"screening:{name}", args=[slug, *args])


def step(campaign, name):
    return at("plan", campaign.id, name)


def minute(days):
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def asking(*codes, **changes):
    """The second step as a browser sends it: the grades of every instrument, and a tick where it is chosen."""
    data = {"item_order": "shuffled"}
    for one in instruments.released():
        first, last = max(1, one.youngest - 5), min(12, one.oldest - 6)
        data |= {f"{one.code}-grade_from": first, f"{one.code}-grade_to": last}
    return data | {f"{code}-chosen": "on" for code in codes} | changes


CUTOFFS = {
    "rule-scl-90": "total_only",
    "first": "",
    "instrument": "",
    "least_days": 14,
    "observe_days": 7,
    "minutes": 40,
    "full_time": 2,
    "part_time": 0,
}


@pytest.fixture
def page(client, cast):
    client.force_login(cast.home.counsellor, backend=BACKEND)
    return client


@pytest.fixture
def draft(page) -> Campaign:
    """A draft with its first step."""
    page.post(at("new_campaign"), {"title": "春季测评", "purpose": "again"})
    return Campaign.objects.get()


def test_a_school_plans_opens_and_closes_a_round_step_by_step(page, draft, cast):
    assert (draft.state, draft.purpose, draft.school_id) == ("draft", "again", cast.home.school.id)
    sent = {
        "instruments": asking("scl-90", "gad-7"),
        "dates": {"opens_at": minute(15), "closes_at": minute(20)},
        "consent": {"consent_text_id": "", "notice": "可以不做。"},
        "cutoffs": CUTOFFS | {"rule-gad-7": "default"},
    }
    for name, data in sent.items():
        assert page.get(at("planning", draft.id)).headers["Location"] == step(draft, name)
        assert page.post(step(draft, name), data).status_code == 302, name
    assert dict(CampaignInstrument.objects.values_list("instrument", "screen_rule")) == {
        "scl-90": "total_only",
        "gad-7": "default",
    }
    body = page.get(at("planning", draft.id), follow=True).content.decode()
    assert "总分 &gt;160" in body
    assert "开放作答</span>" in body
    page.post(at("open_campaign", draft.id))
    body = page.get(at("campaign", draft.id)).content.decode()
    assert "高一（1）班" in body
    assert at("planning", draft.id) not in body
    page.post(at("close_campaign", draft.id))
    assert Campaign.objects.get().state == "closed"


def test_a_draft_that_misses_a_step_cannot_be_opened(page, draft):
    body = page.get(step(draft, "check")).content.decode()
    assert "还有几步没有填" in body
    assert "开放作答</span>" not in body
    page.post(at("open_campaign", draft.id))
    assert Campaign.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("purpose", {"title": "", "purpose": "census"}, "名称"),
        ("instruments", asking(), "至少选一份量表"),
        ("instruments", asking("scl-90", **{"scl-90-grade_from": "12", "scl-90-grade_to": "10"}), "不能高于"),
        ("instruments", asking("scl-90", **{"scl-90-grade_from": "1"}), "scl-90-grade_from"),
        ("dates", {"opens_at": "2099-03-02T08:00", "closes_at": "2099-03-01T08:00"}, "结束时间要晚于开始时间"),
        ("dates", {"opens_at": "2020-01-01T00:00", "closes_at": "2020-02-01T00:00"}, "结束时间已经过去了"),
        ("consent", {"notice": "甲乙丙", "consent_text_id": str(uuid4())}, "甲乙丙"),
    ],
)
def test_what_is_wrong_is_explained_and_nothing_is_lost(page, draft, name, data, words):
    answer = page.post(step(draft, name), data)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert words in body
    assert "还有几处需要改一改" in body
    fresh = Campaign.objects.get()
    assert (fresh.title, fresh.settled) == ("春季测评", ["purpose"])
    if name == "dates":
        assert f'value="{data["closes_at"]}"' in body


def test_leaving_saves_and_leads_to_the_round_with_a_way_back(page, draft):
    answer = page.post(step(draft, "instruments"), asking("scl-90", leave="1"))
    assert answer.headers["Location"] == at("campaign", draft.id)
    assert CampaignInstrument.objects.count() == 1
    assert at("planning", draft.id) in page.get(at("campaign", draft.id)).content.decode()


def test_sums_follow_the_chosen_cutoff_without_being_saved(page, draft):
    page.post(step(draft, "instruments"), asking("phq-a"))
    given = {name: value for name, value in CUTOFFS.items() if name != "rule-scl-90"}
    given |= {"cases": 10, "recompute": "1"}
    published = page.post(step(draft, "cutoffs"), given | {"rule-phq-a": "default"})
    unpublished = page.post(step(draft, "cutoffs"), given | {"rule-phq-a": "adult"})
    assert published.status_code == 200
    assert [row.cells[3] for row in published.context["rows"]] == ["29"]
    assert unpublished.context["rows"] == []  # no accuracy was published for it, so no figure is made up
    assert CampaignInstrument.objects.get().screen_rule == ""
    assert not SecondStage.objects.exists()


def test_facts_stand_beside_each_instrument(page, draft, cast):
    school_round(cast, "scl-90")
    body = page.get(step(draft, "instruments")).content.decode()
    assert "最近的同一份：“秋季测评”" in body
    assert "需要授权" in body
    assert "phq-9-chosen" not in body  # for adults


def test_slots_are_proposed_once_there_are_days(page, draft):
    assert at("propose_slots", draft.id) not in page.get(step(draft, "dates")).content.decode()
    page.post(step(draft, "instruments"), asking("scl-90"))
    page.post(step(draft, "dates"), {"opens_at": minute(15), "closes_at": minute(22)})
    assert at("propose_slots", draft.id) in page.get(step(draft, "dates")).content.decode()
    wish = {"starts": "08:00 10:00", "minutes": 40, "devices": 50, "room": ""}
    assert page.post(at("propose_slots", draft.id), wish).status_code == 302
    body = page.get(step(draft, "dates")).content.decode()
    assert "高一（1）班" in body


def test_an_open_round_has_no_steps_any_more(page, cast):
    campaign = school_round(cast, "scl-90")
    answer = page.post(step(campaign, "purpose"), {"title": "别的", "purpose": "census"}, follow=True)
    assert "活动已经开放" in answer.content.decode()
    assert Campaign.objects.get().title == "秋季测评"


def test_only_those_who_plan_find_the_steps(client, cast, draft):
    for account in (cast.home.principal, cast.home.homeroom_teacher, cast.other.counsellor):
        client.force_login(account, backend=BACKEND)
        for name in STEPS:
            assert client.get(step(draft, name)).status_code == 404
    client.force_login(cast.home.counsellor, backend=BACKEND)
    assert client.get(step(draft, "nowhere")).status_code == 404
    assert client.get(step(city_round(cast, "scl-90"), "dates")).status_code == 404


def test_the_city_plans_with_the_same_steps(client, committed_cast):
    client.force_login(committed_cast.city_officer, backend=BACKEND)
    client.post(reverse("screening:city_new_campaign"), {"title": "全市测评", "purpose": "census"})
    with transaction.atomic():
        campaign = Campaign.objects.get()
    assert campaign.city_id == committed_cast.city.id
    for name in STEPS:
        answer = client.get(reverse("screening:city_plan", args=[campaign.id, name]))
        assert answer.status_code == 200, name
