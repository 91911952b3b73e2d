"""The city officer enters districts, schools and stations; each appears on the city's page and is recorded."""

import pytest
from django.urls import reverse

from qingyan.organisations.models import District, School, Station
from tests.alerts.setting import browser


def at(name: str) -> str:
    return reverse(f"organisations:{name}")


def words(answer) -> str:
    return answer.content.decode()


def school(cast, **changes) -> dict:
    given = {
        "district": cast.home.school.district_id,
        "kind": "primary",
        "name": "云州市新学校",
        "short_name": "新学校",
    }
    return given | {"slug": "xin-xuexiao"} | changes


def test_a_new_school_has_its_door_at_once(cast):
    client = browser(cast.city_officer)
    assert at("new_school") in words(client.get(at("city")))
    assert "已新增“云州市新学校”" in words(client.post(at("new_school"), school(cast), follow=True))
    assert "新学校" in words(client.get("/s/xin-xuexiao/?stay=yes"))


def test_a_district_and_a_station_are_entered_and_everything_is_recorded(committed_cast, owner_connection):
    cast = committed_cast
    client = browser(cast.city_officer)
    client.post(at("new_district"), {"name": "新区", "slug": "xinqu"})
    client.post(at("new_school"), school(cast, district=District.objects.get(slug="xinqu").id))
    given = {"name": "新区辅导站", "district": District.objects.get(slug="xinqu").id, "rooms": "个体辅导室、沙盘室"}
    assert "沙盘室" in words(client.post(at("new_station"), given, follow=True))
    assert Station.objects.get(name="新区辅导站").rooms == ["个体辅导室", "沙盘室"]
    with owner_connection.cursor() as cursor:
        cursor.execute("SELECT action FROM audit_entry WHERE chain = 0 ORDER BY seq")
        told = [action for (action,) in cursor.fetchall()]
    assert told == ["district.add", "school.add", "station.add"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "qingshi"}, "网址名 qingshi 已经有人用了"),
        ({"slug": "../x"}, "以字母开头"),
        ({"name": "云州市青石中学"}, "已经有“云州市青石中学”了"),
        ({"kind": "university"}, "kind"),
        ({"district": 0}, "district"),
    ],
)
def test_what_cannot_be_is_explained_beside_its_field(cast, changes, said):
    before = School.objects.count()
    answer = browser(cast.city_officer).post(at("new_school"), school(cast, **changes))
    assert answer.status_code == 422
    assert said in words(answer)
    assert School.objects.count() == before


@pytest.mark.parametrize("name", ["new_school", "new_district", "new_station"])
def test_strangers_get_404_and_see_no_link(cast, name):
    for account in (cast.district_lead, cast.security_admin, cast.home.school_admin, cast.home.principal):
        assert browser(account).get(at(name)).status_code == 404
        assert browser(account).post(at(name), school(cast)).status_code == 404
    assert at(name) not in words(browser(cast.district_lead).get(at("city")))
