"""A school asks, the city answers; what was said stays; only an approved registration opens the school's own round."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.screening.actions import campaigns, registering
from qingyan.screening.actions.burden import set_limits
from qingyan.screening.actions.campaigns import Holder, Unfit
from qingyan.screening.actions.registering import Request
from qingyan.screening.models import Campaign, RegistrationStep
from qingyan.screening.queries.burden import booked_at
from qingyan.screening.queries.registrations import registrations_waiting
from qingyan.screening.rules.burden import Limits
from tests.screening.setting import city_round, plan_of


def asked(**given):
    today = timezone.localdate()
    days = {"opens_on": today - timedelta(days=1), "closes_on": today + timedelta(days=20)}
    whole = {"title": "", "items": 0, "purpose": "了解压力", "grade_from": 10, "grade_to": 12, "run_by": "德育处"}
    return Request(**({"instrument": "gad-7"} | whole | days | given))


def acting(actor, do):
    with transaction.atomic(), entered(actor):
        return do()


def filed(cast, *, place=None, by=None, **given):
    where = place or cast.home
    actor = by or cast.actor(where.counsellor, where)
    request = asked(**given)
    return acting(
        actor, lambda: registering.file(school_id=where.school.id, given=request, by=actor, now=timezone.now())
    )


def answered(cast, row, verb, note="", by=None):
    actor = by or cast.actor(cast.city_officer)
    return acting(
        actor, lambda: registering.decide(verb=verb, registration=row, note=note, by=actor, now=timezone.now())
    )


def own_round(cast, *, code="gad-7", grades=(10, 12)):
    by, now = cast.actor(cast.home.counsellor, cast.home), timezone.now()

    def plan_and_open():
        holder = Holder(school_id=cast.home.school.id)
        draft = campaigns.plan(holder=holder, given=plan_of(code, grades=grades), by=by, now=now)
        Campaign.objects.filter(id=draft.id).update(purpose="own")
        return campaigns.open_(campaign=Campaign.objects.get(id=draft.id), by=by, now=now)

    return acting(by, plan_and_open)


def test_a_library_instrument_brings_its_own_title_version_and_items(cast):
    row = filed(cast, title="别的名字", items=3)
    assert (row.version, row.items, row.state) == ("1.0", 7, "filed")
    assert "GAD-7" in row.title
    assert registrations_waiting(cast.actor(cast.city_officer)) == 1
    assert registrations_waiting(cast.actor(cast.home.counsellor, cast.home)) == 0


def test_a_test_outside_the_library_needs_name_and_number_of_items(cast):
    with pytest.raises(Unfit) as refused:
        filed(cast, instrument="")
    assert len(refused.value.faults) == 2
    assert filed(cast, instrument="", title="校本压力问卷", items=30).items == 30


def test_days_and_grades_that_make_no_sense_are_refused(cast):
    today = timezone.localdate()
    for given in (
        {"grade_from": 12, "grade_to": 10},
        {"closes_on": today - timedelta(days=5)},
        {"closes_on": today + timedelta(days=200)},
        {"instrument": "unknown"},
    ):
        with pytest.raises(Unfit):
            filed(cast, **given)


def test_the_city_asks_back_the_school_answers_and_everything_stays(cast):
    row = filed(cast)
    with pytest.raises(NotAllowed):
        answered(cast, row, "ask_back", note=" ")
    answered(cast, row, "ask_back", note="请说明由谁解释结果")
    by = cast.actor(cast.home.counsellor, cast.home)
    acting(
        by,
        lambda: registering.file_again(
            registration=row, given=asked(grade_to=11), note="由心理老师", by=by, now=timezone.now()
        ),
    )
    row.refresh_from_db()
    assert (row.state, row.grade_to) == ("filed", 11)
    answered(cast, row, "approve")
    said = [one.verb for one in RegistrationStep.objects.filter(registration=row)]
    assert said == ["file", "ask_back", "file_again", "approve"]


def test_a_refusal_is_the_end_and_names_its_reason(cast):
    row = filed(cast)
    answered(cast, row, "refuse", note="本学期测评已经很多")
    with pytest.raises(NotAllowed):
        answered(cast, row, "approve")


def test_only_the_own_school_files_and_only_the_city_decides(cast):
    row = filed(cast)
    with pytest.raises(NotVisible):
        answered(cast, row, "approve", by=cast.actor(cast.home.counsellor, cast.home))
    with pytest.raises(NotVisible):
        filed(cast, by=cast.actor(cast.other.counsellor, cast.other))
    stranger = cast.actor(cast.other.counsellor, cast.other)
    with pytest.raises(NotVisible):
        acting(stranger, lambda: registering.withdraw(registration=row, by=stranger, now=timezone.now()))


def test_the_schools_own_round_opens_only_with_an_approved_registration(cast):
    with pytest.raises(Unfit) as refused:
        own_round(cast)
    assert "要先登记" in " ".join(refused.value.faults)
    row = filed(cast)
    with pytest.raises(Unfit):
        own_round(cast)
    answered(cast, row, "approve")
    assert own_round(cast).state == "open"


def test_a_registration_for_fewer_grades_does_not_cover_the_round(cast):
    answered(cast, filed(cast, grade_from=10, grade_to=11), "approve")
    with pytest.raises(Unfit):
        own_round(cast)


def test_an_approved_registration_counts_in_the_calendar_and_its_round_is_not_counted_twice(cast):
    row = filed(cast)
    holder = Holder(school_id=cast.home.school.id)
    assert booked_at(holder) == []
    answered(cast, row, "approve")
    assert [(one.instrument, one.registered) for one in booked_at(holder)] == [("gad-7", True)]
    assert booked_at(Holder(school_id=cast.other.school.id)) == []
    own_round(cast)
    assert [(one.instrument, one.registered) for one in booked_at(holder)] == [("gad-7", False)]


def test_approving_is_refused_while_it_would_be_too_much(cast):
    row = filed(cast, instrument="", title="校本问卷", items=60)
    city_round(cast, "scl-90")
    officer = cast.actor(cast.city_officer)
    limits = Limits(14, 120)
    acting(officer, lambda: set_limits(city_id=cast.city.id, limits=limits, by=officer, now=timezone.now()))
    with pytest.raises(Unfit) as refused:
        answered(cast, row, "approve")
    assert "超过每学期 120 题的上限" in " ".join(refused.value.faults)


def test_what_was_withdrawn_opens_nothing_and_what_was_said_cannot_be_changed(cast):
    row = filed(cast)
    answered(cast, row, "approve")
    by = cast.actor(cast.home.counsellor, cast.home)
    acting(by, lambda: registering.withdraw(registration=row, by=by, now=timezone.now()))
    with pytest.raises(Unfit):
        own_round(cast)
    with pytest.raises(ProgrammingError):
        acting(by, lambda: RegistrationStep.objects.update(note="x"))


def test_the_control_another_purpose_needs_no_registration(cast):
    assert city_round(cast, "gad-7").purpose == "census"
    assert replace(asked(), title="x").title == "x"
