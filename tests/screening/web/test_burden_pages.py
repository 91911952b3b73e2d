"""A plan that asks too much is refused with the other round's name; the calendar shows who asks what; the limits."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.screening.actions import burden, campaigns
from qingyan.screening.models import BurdenLimits, BurdenReason, Campaign
from qingyan.screening.rules.burden import Limits
from tests.screening.setting import city_round, plan_of, school_round

SHARES = {"warn_days": "7", "warn_percent": "80"}


@pytest.fixture
def staff(client, cast):
    """Sign a member of staff in."""

    def sign_in(account):
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def drafted(cast, code, *, days):
    """The counsellor plans a round that begins so many days from now."""
    by = cast.actor(cast.home.counsellor, cast.home)
    with entered(by):
        plan, now = plan_of(code, now=timezone.now() + timedelta(days=days)), timezone.now()
        return campaigns.plan(holder=campaigns.Holder(school_id=cast.home.school.id), given=plan, by=by, now=now)


def test_a_school_is_told_which_round_of_the_city_is_in_the_way(cast):
    city_round(cast, "scl-90")
    with pytest.raises(campaigns.Unfit) as refused:
        drafted(cast, "scl-90", days=8)
    (fault,) = refused.value.faults
    assert "“秋季测评”" in fault
    assert "高一至高三" in fault
    assert timezone.localdate(Campaign.objects.get().closes_at).isoformat() in fault


def test_another_instrument_and_other_grades_are_no_burden(cast):
    city_round(cast, "scl-90", grades=(11, 12))
    school_round(cast, "phq-a")
    assert Campaign.objects.filter(state="open").count() == 2


def test_the_city_counts_drafts_of_schools_and_opening_asks_again(cast, staff):
    draft = drafted(cast, "scl-90", days=0)
    officer = cast.actor(cast.city_officer)
    holder, now = campaigns.Holder(city_id=cast.city.id), timezone.now()
    with entered(officer), pytest.raises(campaigns.Unfit):
        campaigns.plan(holder=holder, given=plan_of("scl-90"), by=officer, now=now)
    school_round(cast, "phq-a")
    with entered(officer):
        burden.set_limits(city_id=cast.city.id, limits=Limits(14, 95), by=officer, now=timezone.now())
    answer = staff(cast.home.counsellor).post(f"/s/qingshi/campaigns/{draft.id}/open/", follow=True)
    assert "超过每学期 95 题的上限" in answer.content.decode()
    assert Campaign.objects.get(id=draft.id).state == "draft"


def test_only_the_city_sets_limits_and_bad_numbers_lose_nothing(cast, staff):
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor), pytest.raises(NotVisible):
        burden.set_limits(city_id=cast.city.id, limits=Limits(), by=counsellor, now=timezone.now())
    browser = staff(cast.city_officer)
    refused = browser.post("/campaigns/limits/", SHARES | {"min_days": "0", "items_per_term": "250"})
    assert refused.status_code == 422
    assert 'value="250"' in refused.content.decode()
    assert browser.post("/campaigns/limits/", SHARES | {"min_days": "21", "items_per_term": "250"}).status_code == 302
    row = BurdenLimits.objects.get()
    assert (row.min_days, row.items_per_term, row.city_id) == (21, 250, cast.city.id)
    assert "至少隔 21 天" in browser.get("/campaigns/calendar/").content.decode()


def test_the_calendar_names_asker_items_and_sum(cast, staff):
    city_round(cast, "scl-90")
    school_round(cast, "phq-a")
    school_round(cast, "gad-7", place=cast.other)
    at_home = staff(cast.home.homeroom_teacher).get("/s/qingshi/campaigns/calendar/").content.decode()
    assert "市教育局" in at_home
    assert "90 题" in at_home
    assert "GAD" not in at_home
    book = staff(cast.city_officer).get("/campaigns/calendar.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(book.content)).active.iter_rows(min_row=2, values_only=True))
    assert {(row[0], row[2], row[4]) for row in rows if row[2]} >= {
        ("高一", 90, "市教育局"),
        ("高一", 7, cast.other.school.short_name),
    }


def test_a_half_year_without_tests_says_so(cast, staff):
    city_round(cast, "scl-90")
    browser = staff(cast.home.counsellor)
    assert "这半年没有测评" in browser.get("/s/qingshi/campaigns/calendar/?half=2001-1").content.decode()
    assert browser.get("/s/qingshi/campaigns/calendar/?half=x").status_code == 200


def test_the_calendar_asks_the_same_number_of_questions_for_many_rounds(cast, staff):
    city_round(cast, "scl-90", grades=(12, 12))
    browser = staff(cast.city_officer)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/campaigns/calendar/")
        return len(queries)

    school_round(cast, "phq-a")
    before = asked()
    school_round(cast, "gad-7")
    for code in ("gad-7", "phq-a"):
        school_round(cast, code, place=cast.other, grades=(10, 11))
    assert asked() == before


def test_near_a_limit_a_round_opens_with_a_written_reason_only_and_the_reason_is_kept(cast, staff):
    with entered(cast.actor(cast.city_officer)):
        burden.set_limits(
            city_id=cast.city.id, limits=Limits(14, 100), by=cast.actor(cast.city_officer), now=timezone.now()
        )
    draft = drafted(cast, "scl-90", days=0)
    browser, here = staff(cast.home.counsellor), f"/s/qingshi/campaigns/{draft.id}/"
    check = browser.get(f"{here}plan/check/").content.decode()
    assert "接近每学期 100 题的上限" in check
    assert 'name="reason"' in check
    browser.post(f"{here}open/", {"reason": "  "})
    assert Campaign.objects.get(id=draft.id).state == "draft"
    browser.post(f"{here}open/", {"reason": "转学插班的年级还没有测过"})
    assert Campaign.objects.get(id=draft.id).state == "open"
    kept = BurdenReason.objects.get()
    assert (kept.reason, kept.by_id, len(kept.warnings)) == ("转学插班的年级还没有测过", cast.home.counsellor.id, 1)
    assert "转学插班的年级还没有测过" in browser.get(here).content.decode()
    assert staff(cast.home.homeroom_teacher).get(here).status_code == 200
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action="campaign.opened_near_limits").count() == 1


def test_far_from_every_limit_no_reason_is_asked_and_none_is_kept(cast, staff):
    draft = drafted(cast, "scl-90", days=0)
    browser, here = staff(cast.home.counsellor), f"/s/qingshi/campaigns/{draft.id}/"
    assert 'name="reason"' not in browser.get(f"{here}plan/check/").content.decode()
    browser.post(f"{here}open/", {"reason": "x"})
    assert Campaign.objects.get(id=draft.id).state == "open"
    assert BurdenReason.objects.count() == 0


def test_the_calendar_shows_what_is_near_and_what_is_over(cast, staff):
    school_round(cast, "scl-90")
    browser = staff(cast.city_officer)

    def calendar(**limits):
        browser.post("/campaigns/limits/", {"min_days": "14", **SHARES, **limits})
        return browser.get("/campaigns/calendar/").content.decode()

    assert ("接近上限" in calendar(items_per_term="100"), "超过上限" in calendar(items_per_term="89")) == (True, True)
    calm = calendar(items_per_term="300")
    assert ("接近上限" in calm, "超过上限" in calm, "隔得太近" in calm) == (False, False, False)
    city_round(cast, "scl-90")
    assert "隔得太近" in calendar(items_per_term="300")
