"""The navigation offers what the actor may open, and nothing else; it leads back to the schools where they work."""

import pytest
from django.test import RequestFactory

from qingyan.config.navigation import navigation
from tests.factories.records import make_records


@pytest.fixture
def lines(cast, acting):
    """Labels of the navigation for an account at a place (None: outside any school)."""

    def ask(account, place=None, path="/"):
        request = RequestFactory().get(path)
        request.actor, request.school = cast.actor(account, place), place.school if place else None
        with acting(request.actor):
            return {str(item["label"]): item for section in navigation(request) for item in section["items"]}

    return ask


def test_a_counsellor_sees_the_days_work_first(cast, lines):
    found = lines(cast.home.counsellor, cast.home)
    assert list(found)[:4] == ["今天", "预警", "个案", "学生档案"]
    assert "学校设置" not in found


def test_waiting_alerts_are_counted_beside_their_line(cast, lines):
    assert not lines(cast.home.counsellor, cast.home)["预警"]["count"]
    make_records(cast, cast.home)
    assert lines(cast.home.counsellor, cast.home)["预警"]["count"] == 1
    assert not lines(cast.other.counsellor, cast.other)["预警"]["count"]


def test_a_teacher_sees_neither_alerts_nor_files(cast, lines):
    assert not {"今天", "预警", "学生档案", "名册"} & set(lines(cast.home.homeroom_teacher, cast.home))


def test_outside_a_school_there_is_a_way_back(cast, lines):
    assert lines(cast.home.counsellor)["青石中学"]["url"] == "/s/qingshi/"


def test_the_school_where_one_stands_is_not_offered_again(cast, lines):
    assert "青石中学" not in lines(cast.home.counsellor, cast.home)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/s/qingshi/consent/texts/", "知情同意书"),
        ("/s/qingshi/consent/classes/3/", "家长回执"),
        ("/s/qingshi/door/", None),
    ],
)
def test_one_line_alone_is_marked_as_the_page_where_one_stands(cast, lines, path, label):
    found = lines(cast.home.counsellor, cast.home, path)
    assert [name for name, item in found.items() if item["current"]] == ([label] if label else [])
