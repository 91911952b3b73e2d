"""Letting a model order: only after the whole trial, by a named person who gives a reason and proves who they are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.early_warning.queries import phases
from qingyan.early_warning.rules.trial import measured
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.setting import counsellor
from tests.early_warning.rules.trying import PACK, taught, tried
from tests.early_warning.setting import in_shadow, looked, nights, signed, stepped, trail
from tests.factories.orders import make_model

NOW = timezone.now()
WHY = "试行九十天，分组的数字也看过"
GOOD = measured(tried(taught(1), 2), PACK)


def trial(cast, *, days=91, many=90, figures=GOOD, looks=True):
    step = in_shadow(cast, make_model(cast), now=NOW - timedelta(days=days))
    nights(cast, step, figures, many=many, last=NOW)
    if looks:
        looked(cast, step, NOW - timedelta(days=1))
    return step


def on(cast, **change):
    wish = {"reason": WHY, "proved_at": NOW, **change}
    return stepped(cast, "switch_on", now=NOW, **wish)


def test_after_the_whole_trial_the_model_orders_and_the_figures_stay_with_the_step(cast):
    trial(cast)
    row = on(cast)
    assert (row.target, row.model, row.by_id, row.reason) == ("on", 1, cast.city_officer.id, WHY)
    assert row.figures["gain"] == GOOD["gain"]
    (line,) = trail("early_warning.switch_on")
    assert WHY not in str(line.detail)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"days": 89}, "days"),
        ({"many": 79}, "nights"),
        ({"looks": False}, "groups"),
        ({"figures": {**GOOD, "outcomes": 199, "found": 80}}, "outcomes"),
        ({"figures": {**GOOD, "gain": {"capacity": [-0.1, -0.2, 0.0], "tenth": [0.1, 0.0, 0.2]}}}, "order"),
    ],
)
def test_without_a_part_of_the_trial_it_is_refused(cast, change, missing):
    trial(cast, **change)
    with pytest.raises(NotAllowed, match=missing):
        on(cast)
    assert phases.phase(cast.city.id) == "shadow"


def test_a_model_of_shuffled_outcomes_cannot_be_switched_on(cast):
    trial(cast, figures=measured(tried(taught(1, shuffled=True), 2), PACK))
    with pytest.raises(NotAllowed, match="skill"):
        on(cast)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"reason": "可以"}, "reason"),
        ({"proved_at": None}, "proof"),
        ({"proved_at": NOW - timedelta(minutes=6)}, "proof"),
        ({"proved_at": NOW + timedelta(minutes=1)}, "proof"),
    ],
)
def test_without_a_reason_or_a_proof_it_is_refused(cast, change, missing):
    trial(cast)
    with pytest.raises(NotAllowed, match=missing):
        on(cast, **change)


def test_the_look_of_another_person_is_not_the_own(cast):
    step = trial(cast, looks=False)
    looked(cast, step, NOW, who=cast.district_lead)
    with pytest.raises(NotAllowed, match="groups"):
        on(cast)
    looked(cast, step, NOW)
    assert on(cast).target == "on"


def test_the_trial_of_an_earlier_time_does_not_count(cast):
    trial(cast)
    stepped(cast, "switch_off", now=NOW)
    stepped(cast, "start_shadow", model=1, now=NOW)
    with pytest.raises(NotAllowed, match="days"):
        on(cast)


def test_only_a_model_that_exists_is_tried_and_none_from_another_step(cast):
    with pytest.raises(NotAllowed):
        stepped(cast, "start_shadow", model=7)
    number = make_model(cast)
    assert stepped(cast, "start_shadow", model=number).model == number
    with pytest.raises(NotAllowed):
        stepped(cast, "start_shadow", model=number)


def test_back_to_the_trial_and_back_to_the_points(cast):
    signed(cast)
    trial(cast)
    on(cast)
    assert stepped(cast, "back_to_shadow", now=NOW).model == 1
    with pytest.raises(NotAllowed, match="days"):
        on(cast)
    assert stepped(cast, "use_points", now=NOW).target == "points"


def test_drift_is_no_step_of_people(cast):
    trial(cast)
    on(cast)
    with pytest.raises(NotAllowed, match="no step of people"):
        stepped(cast, "drift")


def test_others_let_nothing_order(cast):
    trial(cast)
    for by in (counsellor(cast), cast.actor(cast.district_lead)):
        with pytest.raises(NotVisible):
            on(cast, by=by)
