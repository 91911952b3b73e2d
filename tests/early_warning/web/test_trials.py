"""The pages of the trial: figures in whole per cents, each condition, the look, and the form that proves who it is."""

import re
from datetime import timedelta

from django.utils import timezone

from qingyan.early_warning.models import GroupsRead
from qingyan.early_warning.queries import phases
from qingyan.early_warning.rules.trial import measured
from tests.alerts.setting import browser
from tests.early_warning.rules.trying import PACK, taught, tried
from tests.early_warning.setting import in_shadow, looked, nights
from tests.factories.city import PASSWORD
from tests.factories.orders import make_model

PAGE, ON = "/city/order/trial/", "/city/order/trial/on/"
NOW = timezone.now()
GOOD = measured(tried(taught(1), 2), PACK)
WHY = "试行九十天，分组的数字也看过"


def trial(cast, *, days=91, figures=GOOD):
    step = in_shadow(cast, make_model(cast), now=NOW - timedelta(days=days))
    nights(cast, step, figures, many=90, last=NOW)
    return step


def read(client, path=PAGE):
    return client.get(path).content.decode()


def test_without_a_trial_the_page_says_how_one_begins(cast):
    assert "现在没有模型在试行" in read(browser(cast.city_officer))
    assert "现在还不能让模型参与排序" in read(browser(cast.city_officer), ON)


def test_the_officer_begins_a_trial_from_the_card(cast):
    client, number = browser(cast.city_officer), make_model(cast)
    assert "开始试行" in read(client, f"/city/order/models/{number}/")
    body = client.post(f"/city/order/models/{number}/trial/", follow=True).content.decode()
    assert "只记录，不排序" in body
    assert "有结果的还太少，不给数字" in body
    assert "有一个模型在试行" in read(client, "/city/order/")
    assert "开始试行" not in read(client, f"/city/order/models/{number}/")
    assert "现在不能试行" in client.post(f"/city/order/models/{number}/trial/", follow=True).content.decode()


def test_the_three_orders_stand_side_by_side_in_per_cents_with_their_intervals(cast):
    trial(cast)
    body = read(browser(cast.city_officer))
    for words in ("原来的次序", "积分", "约 960 次", "百分之九十五", "女生", "男生"):
        assert words in body, words
    value, low, high = (round(100 * one) for one in GOOD["orders"]["model"]["tenth"])
    assert re.search(rf"{value}%</span> <span[^>]*>\({low}% – {high}%\)", body)


def test_counts_are_rounded_so_that_no_night_shows_one_pupil(cast):
    trial(cast, figures={**GOOD, "outcomes": 214})
    body = read(browser(cast.city_officer))
    assert "210 / 200" in body
    assert "214" not in body


def test_before_the_look_it_is_not_offered_and_after_it_it_is(cast):
    trial(cast)
    client = browser(cast.city_officer)
    assert ON not in read(client)
    client.post("/city/order/trial/groups/")
    assert GroupsRead.objects.get().read_by == cast.city_officer
    assert ON in read(client)


def test_there_is_nothing_to_look_at_before_there_are_figures(cast):
    trial(cast, figures=measured([], PACK))
    assert (
        "还没有分组的数字" in browser(cast.city_officer).post("/city/order/trial/groups/", follow=True).content.decode()
    )
    assert GroupsRead.objects.count() == 0


def test_the_password_and_a_reason_are_asked_for(cast):
    looked(cast, trial(cast), NOW)
    client = browser(cast.city_officer)
    for given in ({"reason": WHY, "password": "wrong"}, {"reason": "可以", "password": PASSWORD}, {"reason": WHY}):
        assert client.post(ON, given).status_code == 422
    assert phases.phase(cast.city.id) == "shadow"
    body = client.post(ON, {"reason": WHY, "password": PASSWORD}, follow=True).content.decode()
    assert phases.phase(cast.city.id) == "on"
    assert "各校队列按模型往前排" in body
    assert WHY in body


def test_the_control_with_the_password_but_before_ninety_days_nothing_happens(cast):
    looked(cast, trial(cast, days=89), NOW)
    answer = browser(cast.city_officer).post(ON, {"reason": WHY, "password": PASSWORD})
    assert "现在还不能让模型参与排序" in answer.content.decode()
    assert phases.phase(cast.city.id) == "shadow"


def test_the_button_without_a_form_does_not_switch_on(cast):
    looked(cast, trial(cast), NOW)
    browser(cast.city_officer).post("/city/order/steps/switch_on/", {"reason": WHY, "password": PASSWORD})
    assert phases.phase(cast.city.id) == "shadow"


def test_others_find_no_such_page(cast):
    trial(cast)
    for account in (cast.home.counsellor, cast.district_lead, cast.system_admin):
        for path in (PAGE, ON):
            assert browser(account).get(path).status_code == 404
