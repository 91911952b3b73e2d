"""The care after an incident: no pupil is named, everything stands in the school, the list knows what is late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions import postvening
from qingyan.cases.models import CareCheck, CareDuty, ClassTalk, Postvention, Ring
from qingyan.cases.queries.postventions import care_page, postvention_pack
from qingyan.cases.rules.postvention import late
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from tests.cases.setting import counsellor, leader

NOW = timezone.now()


def begun(cast, **changes) -> Postvention:
    by = leader(cast)
    given = {"kind": "accident", "happened_at": NOW - timedelta(hours=3), "media_owner": cast.home.principal.id}
    with entered(by):
        return postvening.begin(**{**given, **changes}, by=by, now=NOW)


def test_no_table_of_it_names_a_pupil():
    models = (Postvention, Ring, ClassTalk, CareDuty, CareCheck)
    assert not {one.name for model in models for one in model._meta.get_fields()} & {"student", "pupil"}


def test_groups_talks_duty_and_the_list_stand_on_one_page(cast):
    care, by, later = begun(cast), counsellor(cast), NOW + timedelta(hours=2)
    with entered(by):
        postvening.add_ring(
            care=care, group=postvening.Group(ring="close", people=6, words="同桌和室友", carer=by.id), by=by, now=NOW
        )
        talk = postvening.plan_talk(
            care=care, school_class=cast.home.class_a.id, planned_at=later, leader=by.id, by=by, now=NOW
        )
        postvening.set_duty(care=care, account=by.id, hours=(NOW, later), place="心理室", by=by, now=NOW)
        postvening.tick(care=care, item="safe", by=by, now=NOW)
        postvening.tick(care=care, item="safe", by=by, now=NOW)
        postvening.hold_talk(care=care, talk_id=talk.id, by=by, now=later)
        page = care_page(care, NOW)
    assert [row.words for row in page.rings[0][2]] == ["同桌和室友"]
    assert page.talks[0].held_at == later
    assert page.duty[0].place == "心理室"
    assert [one.item.code for one in page.lines if one.done] == ["safe"]
    assert [one.item.code for one in page.lines if one.late] == ["told"]
    with entered(by), pytest.raises(NotVisible):
        postvening.hold_talk(care=care, talk_id=talk.id, by=by, now=later)


def test_what_is_of_another_school_is_refused(cast):
    care, by = begun(cast), counsellor(cast)
    with entered(by):
        with pytest.raises(postvening.Unfit):
            postvening.plan_talk(
                care=care, school_class=cast.other.class_a.id, planned_at=NOW, leader=by.id, by=by, now=NOW
            )
        with pytest.raises(postvening.Unfit):
            postvening.add_ring(
                care=care,
                group=postvening.Group(ring="close", people=1, words="x", carer=cast.other.counsellor.id),
                by=by,
                now=NOW,
            )
    with pytest.raises(postvening.Unfit):
        begun(cast, media_owner=cast.other.principal.id)


def test_another_school_and_staff_without_the_duty_see_nothing(cast):
    care = begun(cast)
    for one in (counsellor(cast, cast.other), cast.actor(cast.district_lead), cast.actor(cast.auditor)):
        with entered(one):
            assert Postvention.objects.count() == 0
            with pytest.raises(NotVisible):
                postvening.open_care(care_id=care.id, by=one, now=NOW)
    with entered(leader(cast)):
        assert Postvention.objects.count() == 1, "the control"


def test_the_list_is_late_hour_by_hour():
    pack = postvention_pack()
    assert late(pack, begun=NOW, done=[], now=NOW + timedelta(minutes=59)) == []
    assert late(pack, begun=NOW, done=[], now=NOW + timedelta(minutes=61)) == ["safe"]
    assert late(pack, begun=NOW, done=["safe"], now=NOW + timedelta(minutes=61)) == []
