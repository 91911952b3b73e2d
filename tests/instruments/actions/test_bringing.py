"""Who may bring words, and that the action itself refuses what the page would refuse."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api
from qingyan.instruments.actions.bringing import NewWording, NotASecondPerson, Unmarked, bring, confirm_marks
from qingyan.instruments.api.wordings import usable_for
from qingyan.instruments.contracts import Concern
from qingyan.instruments.models import BroughtWording, MarkCheck
from qingyan.instruments.rules.wordings import Wording

WHO = api.instrument("who-5")
LABELS = {item.id: {option.value: "选项" for option in WHO.options_of(item)} for item in WHO.items}
NEW = NewWording(WHO, Wording({item.id: "题" for item in WHO.items}, LABELS), "授权", "1")


def brought(new, actor):
    with transaction.atomic(), entered(actor):
        return bring(new=new, by=actor, now=timezone.now())


def test_the_citys_words_serve_every_school_until_a_school_brings_its_own(cast):
    of_city = brought(replace(NEW, city_id=cast.city.id), cast.actor(cast.city_officer))
    at_home = {"school_id": cast.home.school.id, "city_id": None}
    assert usable_for(**at_home)["who-5", "1.0"].id == of_city.id
    own = brought(replace(NEW, school_id=cast.home.school.id), cast.actor(cast.home.counsellor, cast.home))
    assert usable_for(**at_home)["who-5", "1.0"].id == own.id
    assert usable_for(school_id=None, city_id=cast.city.id)["who-5", "1.0"].id == of_city.id


def test_nobody_brings_words_for_another_place(cast):
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    for place in ({"city_id": cast.city.id}, {"school_id": cast.other.school.id}):
        with pytest.raises(NotVisible):
            brought(replace(NEW, **place), counsellor)
    with pytest.raises(NotVisible):
        brought(replace(NEW, school_id=cast.home.school.id), cast.actor(cast.home.homeroom_teacher, cast.home))


def test_the_action_refuses_what_is_unmarked_unlicensed_or_has_its_own_words(cast):
    actor, school = cast.actor(cast.home.counsellor, cast.home), cast.home.school.id
    spoken = Wording(dict(NEW.words.texts) | {"q1": "不想活了"}, LABELS)
    with pytest.raises(Unmarked):
        brought(replace(NEW, school_id=school, words=spoken), actor)
    with pytest.raises(ValueError, match="licence"):
        brought(replace(NEW, school_id=school, permission_ref=" "), actor)
    with pytest.raises(ValueError, match="own words"):
        brought(replace(NEW, school_id=school, instrument=api.instrument("phq-a")), actor)


SPOKEN = replace(
    NEW, words=Wording(dict(NEW.words.texts) | {"q1": "不想活了"}, LABELS), concerns={"q1": Concern.SUICIDAL_THOUGHT}
)


def confirmed(row, actor):
    with transaction.atomic(), entered(actor):
        return confirm_marks(wording=row, by=actor, now=timezone.now())


def test_marked_words_are_usable_once_a_second_person_has_read_them_and_only_for_older_pupils(cast):
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    row = brought(replace(SPOKEN, school_id=cast.home.school.id), counsellor)
    at_home = {"school_id": cast.home.school.id, "city_id": None}
    assert usable_for(**at_home) == {}
    with pytest.raises(NotASecondPerson):
        confirmed(row, counsellor)
    officer = cast.actor(cast.city_officer)
    assert confirmed(row, officer) == confirmed(row, officer), "twice is once"
    assert (usable_for(**at_home)["who-5", "1.0"].id, usable_for(**at_home)["who-5", "1.0"].youngest) == (row.id, 13)


def test_nobody_of_another_school_and_no_teacher_confirms(cast):
    row = brought(replace(SPOKEN, school_id=cast.home.school.id), cast.actor(cast.home.counsellor, cast.home))
    strangers = [(cast.other.counsellor, cast.other), (cast.home.homeroom_teacher, cast.home), (cast.auditor, None)]
    for account, place in strangers:
        with pytest.raises(NotVisible):
            confirmed(row, cast.actor(account, place))
    assert MarkCheck.objects.count() == 0


def test_the_citys_marks_may_be_read_by_a_counsellor_as_the_second_person(cast):
    row = brought(replace(SPOKEN, city_id=cast.city.id), cast.actor(cast.city_officer))
    confirmed(row, cast.actor(cast.home.counsellor, cast.home))
    assert usable_for(school_id=cast.other.school.id, city_id=None)["who-5", "1.0"].id == row.id


def test_a_confirmation_counts_for_exactly_the_marks_that_were_confirmed(cast):
    row = brought(replace(SPOKEN, city_id=cast.city.id), cast.actor(cast.city_officer))
    with entered(cast.actor(cast.home.counsellor, cast.home)):
        MarkCheck.objects.create(
            wording=row, concerns={}, checked_by_id=cast.home.counsellor.id, checked_at=timezone.now()
        )
    assert usable_for(school_id=None, city_id=cast.city.id) == {}


def test_a_mark_on_an_item_that_is_not_there_is_refused(cast):
    with pytest.raises(ValueError, match="has not"):
        brought(replace(NEW, city_id=cast.city.id, concerns={"q99": Concern.DAMAGE}), cast.actor(cast.city_officer))
    assert BroughtWording.objects.count() == 0
