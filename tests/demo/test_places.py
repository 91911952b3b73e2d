"""The size of the reference city, exactly."""

from collections import Counter

from qingyan.demo.places import CITY_NAME, DISTRICTS, ROOMS, SCHOOLS, STATIONS
from qingyan.organisations.models import SchoolKind


def test_there_are_exactly_3_districts_41_schools_and_4_stations():
    assert (len(DISTRICTS), len(SCHOOLS), len(STATIONS)) == (3, 41, 4)
    assert len({school.slug for school in SCHOOLS}) == len({school.name for school in SCHOOLS}) == 41


def test_the_city_calls_itself_a_demo():
    assert "演示" in CITY_NAME


def test_every_school_has_a_counselling_room_and_a_known_kind_but_no_kindergarten_is_among_them():
    assert all(school.counselling_room for school in SCHOOLS)
    kinds = Counter(school.kind for school in SCHOOLS)
    assert set(kinds) == set(SchoolKind.values) - {SchoolKind.KINDERGARTEN.value}


def test_the_city_has_one_station_inside_a_secondary_school_and_each_district_has_one():
    hosts = {school.slug: school.kind for school in SCHOOLS}
    (of_the_city,) = [station for station in STATIONS if not station.district]
    assert hosts[of_the_city.host] == "complete_secondary"
    assert sorted(station.district for station in STATIONS if station.district) == sorted(slug for slug, _ in DISTRICTS)


def test_the_stations_rooms_are_those_of_the_reference_city():
    assert ROOMS == ("音乐放松室", "阅读室", "宣泄室", "沙盘室")
