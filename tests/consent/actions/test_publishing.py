"""Texts are published by those who may, numbered by place, and never change."""

import pytest
from django.db import ProgrammingError

from qingyan.consent.actions.publishing import publish_text
from qingyan.consent.contracts import NewText
from qingyan.consent.models import ConsentText
from qingyan.consent.queries.texts import text_asked, text_of, texts
from qingyan.foundation.access.policy import NotVisible
from tests.consent.setting import NOW, publish


def test_a_second_text_is_the_second_version_and_is_asked_from_now_on(cast, acting):
    first = publish(cast)
    second = publish(cast, title="告家长书（修订）", now=NOW.replace(hour=3))
    assert (first.version, second.version) == (1, 2)
    assert text_asked(cast.home.school.id, "screening") == second
    with acting(cast.actor(cast.home.counsellor, cast.home)):
        actor = cast.actor(cast.home.counsellor, cast.home)
        assert [one.version for one in texts(actor, "screening")] == [2, 1]
        assert text_of(actor, first.id) == first


def test_a_school_asks_with_its_own_text_before_the_citys(cast, acting):
    officer = cast.actor(cast.city_officer)
    with acting(officer):
        publish_city = NewText("screening", "全市告家长书", "正文", city_id=cast.city.id)
        from_city = _publish(publish_city, officer)
    assert text_asked(cast.home.school.id, "screening") == from_city
    own = publish(cast)
    assert text_asked(cast.home.school.id, "screening") == own
    assert text_asked(cast.other.school.id, "screening") == from_city


def test_nobody_publishes_for_another_school_and_no_teacher_publishes(cast, acting):
    admin = cast.actor(cast.home.school_admin, cast.home)
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    for actor, place in ((admin, cast.other), (teacher, cast.home)):
        with acting(actor), pytest.raises(NotVisible):
            _publish(NewText("screening", "x", "y", school_id=place.school.id), actor)


def test_a_published_text_cannot_be_changed_by_the_app(cast):
    text = publish(cast)
    with pytest.raises(ProgrammingError, match="permission denied"):
        ConsentText.objects.filter(id=text.id).update(body="anders")


def _publish(new, by):
    return publish_text(new=new, by=by, now=NOW)
