"""From a red answer to the return slip and the end of the case, with the clock moved: one browser a person.

Each chapter asserts what those see who are not concerned: 404, or a page without the pupil.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.red_answer.chapter_alert import (
    nobody_acknowledges_the_second,
    the_counsellor_acknowledges,
    the_pupil_answers,
    the_school_names_who_stands_where,
)
from tests.journeys.red_answer.chapter_case import (
    nobody_else_reads_the_papers,
    plans_are_written,
    the_alert_becomes_a_case,
    the_guardian_is_told_and_agrees,
    the_homeroom_teacher_has_the_card_alone,
    the_panel_meets,
    they_talk,
)
from tests.journeys.red_answer.chapter_crisis import (
    an_officer_opens_the_name_for_an_hour,
    the_crisis_ends,
    the_school_reports,
    while_it_lasts,
)
from tests.journeys.red_answer.chapter_end import (
    a_false_flag_is_sealed_by_two,
    it_is_watched_quietly_and_closed,
    the_level_is_lowered,
)
from tests.journeys.red_answer.chapter_referral import (
    a_letter_goes,
    the_doctor_answers,
    the_pupil_rests_and_returns,
)
from tests.journeys.red_answer.people import gathered
from tests.journeys.red_answer.stage import Clock, Stage

pytestmark = pytest.mark.journeys
MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Tuesday in the term of the cast


@pytest.fixture
def clock(monkeypatch) -> Clock:
    moved = Clock(MORNING)
    monkeypatch.setattr("django.utils.timezone.now", moved)
    return moved


@pytest.fixture
def people(clock, committed_cast, site, new_page, axe):
    stage = Stage(committed_cast, clock, site, axe)
    yield gathered(stage, new_page)
    assert stage.faults == []


def test_from_a_red_answer_to_the_end(people):
    the_school_names_who_stands_where(people)
    the_pupil_answers(people)
    alert = the_counsellor_acknowledges(people)
    second_alert = nobody_acknowledges_the_second(people)

    second_case = the_alert_becomes_a_case(people, people.deputy, second_alert)
    a_false_flag_is_sealed_by_two(people, second_case, second_alert)

    case = the_alert_becomes_a_case(people, people.counsellor, alert)
    they_talk(people.counsellor, case, "red", thoughts="now", plan="concrete")
    thread = the_school_reports(people, case)
    the_panel_meets(people, case, "red")
    nobody_else_reads_the_papers(people, case)
    the_guardian_is_told_and_agrees(people, case)
    plans_are_written(people, case)
    the_homeroom_teacher_has_the_card_alone(people, case)
    an_officer_opens_the_name_for_an_hour(people, case, thread)
    while_it_lasts(people, case)
    the_doctor_answers(people, case, a_letter_goes(people, case))
    the_pupil_rests_and_returns(people, case)
    the_level_is_lowered(people, case)
    the_crisis_ends(people, case, thread)
    it_is_watched_quietly_and_closed(people, case)
