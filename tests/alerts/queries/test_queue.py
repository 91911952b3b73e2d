"""The queue: what waits for somebody, the most urgent first, one line a sheet, only of the own school."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.models import Alert
from qingyan.alerts.queries.queue import (
    QueueFilter,
    earlier_of_pupil,
    others_of_sheet,
    queue,
    time_left,
    waiting_sheets,
    waiting_states,
)
from qingyan.alerts.workflow import ACKNOWLEDGED, ESCALATED, RAISED
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import DEATH, END_LIFE, Answering, alerted, counsellor
from tests.screening.setting import school_round

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_the_most_urgent_comes_first_whatever_came_first_in_time(cast):
    campaign = school_round(cast, "scl-90")
    now = timezone.now()
    for pupil, item, value, ago in (
        (cast.home.pupils_a[0], END_LIFE, 2, 3),
        (cast.home.pupils_a[1], END_LIFE, 5, 1),
        (cast.home.pupils_a[2], 66, 4, 5),
    ):
        Answering(pupil, campaign).save(item, value, now=now - timedelta(minutes=ago))
    by = counsellor(cast)
    with entered(by):
        assert [alert.level for alert in queue(by, QueueFilter())] == ["red", "orange", "yellow"]


def test_a_sheet_is_one_line_with_its_worst_alert_and_the_count_of_all(cast):
    sheet = Answering(cast.home.pupil, school_round(cast, "scl-90"))
    sheet.save(DEATH, 4)
    sheet.save(END_LIFE, 5)
    by = counsellor(cast)
    with entered(by):
        (line,) = queue(by, QueueFilter())
        assert (line.level, line.of_sheet) == ("red", 2)
        assert [other.level for other in others_of_sheet(by, line)] == ["orange"]
        assert waiting_sheets(by) == 1


def test_what_somebody_has_taken_leaves_the_queue(cast):
    alert, by = alerted(cast), counsellor(cast)
    with entered(by):
        assert waiting_sheets(by) == 1
        acknowledge(alert=locked(by, alert.id), by=by, note="", now=timezone.now())
        assert waiting_sheets(by) == 0
        assert list(queue(by, QueueFilter())) == []
        assert [one.id for one in queue(by, QueueFilter(state=ACKNOWLEDGED))] == [alert.id]
        assert [one.id for one in queue(by, QueueFilter(state=""))] == [alert.id]


def test_nobody_sees_the_queue_of_another_school_and_colleagues_see_none(cast):
    alerted(cast)
    stranger = counsellor(cast, cast.other)
    with entered(stranger):
        assert list(queue(stranger, QueueFilter(state=""))) == []
        assert waiting_sheets(stranger) == 0
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher):
        assert list(queue(teacher, QueueFilter(state=""))) == []
        assert waiting_sheets(teacher) == 0


def test_the_policy_alone_keeps_colleagues_out_even_where_the_rows_are_in_sight(cast):
    alerted(cast)
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(cast.platform()):
        assert Alert.objects.count() == 1, "the control: this scope sees the row"
        assert list(queue(teacher, QueueFilter(state=""))) == []


def test_earlier_alerts_of_a_pupil_are_those_of_other_sheets(cast):
    first = alerted(cast)
    again = Answering(cast.home.pupil, school_round(cast, "phq-a", grades=(10, 11)), "phq-a")
    again.save(8, 3)
    by = counsellor(cast)
    with entered(by):
        new = Alert.objects.get(sitting=again.sitting)
        assert [one.id for one in earlier_of_pupil(by, new)] == [first.id]


def test_the_states_that_wait_come_from_the_workflow():
    assert waiting_states() == [RAISED, ESCALATED]


@pytest.mark.parametrize(
    ("minutes", "words", "over"),
    [
        (112, "还剩 1 小时 52 分", False),
        (5, "还剩 5 分钟", False),
        (48 * 60, "还剩 2 天", False),
        (48 * 60 - 1, "还剩 47 小时 59 分", False),
        (0, "还剩 0 分钟", False),
        (-61, "已超时 1 小时 1 分", True),
    ],
)
def test_the_time_left_is_said_in_words(minutes, words, over):
    left = time_left(NOW + timedelta(minutes=minutes), NOW)
    assert (left.words, left.over) == (words, over)


def test_without_a_due_time_nothing_is_said():
    assert time_left(None, NOW) is None
