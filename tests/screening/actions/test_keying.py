"""Paper: two persons, one path. A worrying answer is heard with the first stroke; nobody reads more than they must."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.people import api as people
from qingyan.screening.actions import keying, paper
from qingyan.screening.models import AnswerSheet, PaperForm, Result, Sitting
from qingyan.screening.queries.paper import differences_of, entry_of, form_to_key, forms_of
from tests.screening.setting import begun, school_round, signed_in

SUICIDAL = 9  # the number on the paper of PHQ-A's item that raises a red alert
LAST_BOX = 4


class Table:
    """A counsellor and an invigilator at a table with one form of the pupil of the story."""

    def __init__(self, cast, campaign=None, blank=False, signed=True):
        self.cast, self.campaign = cast, campaign or school_round(cast, "phq-a")
        self.counsellor = cast.actor(cast.home.counsellor, cast.home)
        self.helper = cast.actor(cast.home.invigilator, cast.home)
        students = () if blank else (cast.home.pupil.id,)
        order = paper.Order(self.campaign, cast.home.class_a, "phq-a", students, int(blank))
        with entered(self.counsellor):
            batch = paper.print_forms(order=order, by=self.counsellor, now=timezone.now())
            paper.name_helper(batch=batch, account_id=self.helper.id, by=self.counsellor, now=timezone.now())
        self.batch, self.form = batch, self.look(PaperForm).get(batch=batch)
        if signed:  # the pupil's own signature on the cover
            with entered(self.counsellor):
                paper.note_assent(batch=batch, form_ids=[self.form.id], by=self.counsellor, now=timezone.now())

    def look(self, model):
        with entered(self.cast.platform()):
            return list_of(model)

    def key(self, by, number, box):
        with entered(by):
            keying.key(form_id=self.form.id, number=number, box=box, by=by, now=timezone.now())

    def fill(self, by, box=2, **others):
        for number in range(1, 10):
            self.key(by, number, others.get(f"n{number}", box))

    def finish(self, by):
        with entered(by):
            return keying.finish(form_id=self.form.id, by=by, now=timezone.now())


class list_of(list):  # noqa: N801 - reads like a verb: look(PaperForm).get(batch=…)
    """All rows of a model, read now."""

    def __init__(self, model):
        super().__init__(model.objects.all())

    def get(self, **wanted):
        """The only row with these values."""
        (found,) = [row for row in self if all(getattr(row, name) == value for name, value in wanted.items())]
        return found


@pytest.fixture
def table(cast):
    return Table(cast)


def test_two_equal_entries_are_handed_in_as_from_a_screen_with_unknown_times(table):
    table.fill(table.counsellor)
    assert table.finish(table.counsellor) == "keyed"
    assert table.look(Result) == []
    table.fill(table.helper)
    assert table.finish(table.helper) == "taken_over"
    (sheet,) = table.look(AnswerSheet)
    assert sheet.answers[:9] == [1] * 9
    assert set(sheet.times) == {None}
    (result,) = table.look(Result)
    assert result.quality["quick_share"] is None
    assert table.look(Sitting)[0].state == "finished"


def test_a_worrying_answer_is_heard_with_the_first_stroke_and_never_taken_back(table):
    table.key(table.counsellor, SUICIDAL, LAST_BOX)
    (alert,) = table.look(Alert)
    assert (alert.student_id, alert.level) == (table.cast.home.pupil.id, "red")
    table.fill(table.counsellor, box=1)
    table.finish(table.counsellor)
    table.fill(table.helper, box=1)
    assert table.finish(table.helper) == "taken_over"
    assert table.look(AnswerSheet)[0].answers[SUICIDAL - 1] == 0
    assert alert.id in {one.id for one in table.look(Alert)}


def test_the_second_person_is_heard_at_once_as_well(table):
    table.fill(table.counsellor, box=1)
    table.finish(table.counsellor)
    assert table.look(Alert) == []
    table.key(table.helper, SUICIDAL, LAST_BOX)
    assert len(table.look(Alert)) == 1


def test_other_answers_wait_off_the_sheet_until_both_agree(table):
    table.key(table.counsellor, 1, 3)
    assert table.look(AnswerSheet)[0].answers[0] is None


def test_nobody_sees_the_others_entry_before_the_end(table):
    table.fill(table.counsellor, box=4)
    table.finish(table.counsellor)
    with entered(table.helper):
        form = form_to_key(table.helper, table.form.id, now=timezone.now())
        assert set(entry_of(table.helper, form)) == {None}
        with pytest.raises(NotVisible):
            differences_of(table.helper, form)


def test_a_form_without_the_pupils_own_signature_is_not_keyed(cast):
    table = Table(cast, signed=False)
    with pytest.raises(keying.CannotKey, match="not_asked"):
        table.key(table.counsellor, SUICIDAL, LAST_BOX)
    assert table.look(AnswerSheet) == []
    with entered(table.counsellor):
        paper.note_assent(batch=table.batch, form_ids=[table.form.id], by=table.counsellor, now=timezone.now())
    table.key(table.counsellor, SUICIDAL, LAST_BOX)
    assert len(table.look(Alert)) == 1


def test_one_person_cannot_key_twice(table):
    table.fill(table.counsellor)
    table.finish(table.counsellor)
    with pytest.raises(keying.CannotKey, match="done"):
        table.key(table.counsellor, 1, 1)


def test_differences_are_looked_at_and_the_decision_counts(table):
    table.fill(table.counsellor)
    table.finish(table.counsellor)
    table.fill(table.helper, n1=3, n8=0)
    assert table.finish(table.helper) == "differs"
    assert table.look(Result) == []
    with entered(table.helper):
        form = form_to_key(table.helper, table.form.id, now=timezone.now())
        found = differences_of(table.helper, form)
        assert [(one.item.number, one.first, one.second) for one in found] == [(1, 2, 3), (8, 2, 0)]
        with pytest.raises(keying.CannotKey, match="incomplete"):
            keying.resolve(form_id=form.id, boxes={1: 3}, by=table.helper, now=timezone.now())
        keying.resolve(form_id=form.id, boxes={1: 3, 8: 0}, by=table.helper, now=timezone.now())
    answers = table.look(AnswerSheet)[0].answers
    assert (answers[0], answers[7], answers[1]) == (2, None, 1)
    assert len(table.look(Result)) == 1


def test_a_helper_sees_codes_only_and_only_of_the_own_batch_and_week(table):
    now = timezone.now()
    with entered(table.helper):
        assert PaperForm.objects.count() == 0
        assert [(line.form.code, line.name) for line in forms_of(table.helper, table.campaign, now=now)] == [
            (table.form.code, "")
        ]
        assert forms_of(table.helper, table.campaign, now=now + timedelta(days=8)) == []
    other = replace(table.helper, id=table.cast.home.principal.id)
    with entered(other), pytest.raises(NotVisible):
        form_to_key(other, table.form.id, now=now)


def test_homeroom_teachers_and_strangers_cannot_be_asked_to_help(table):
    with entered(table.counsellor):
        offered = {name for _, name in people.helpers_here(table.counsellor, timezone.localdate())}
        assert offered == {table.cast.home.invigilator.name}
        for account in (table.cast.home.homeroom_teacher, table.cast.other.counsellor, table.cast.home.counsellor):
            with pytest.raises(paper.Unfit, match="helper"):
                paper.name_helper(batch=table.batch, account_id=account.id, by=table.counsellor, now=timezone.now())


def test_who_has_begun_on_a_screen_is_not_keyed_over(cast):
    campaign = school_round(cast, "phq-a")
    by = signed_in(cast.home.pupil)
    with entered(by):
        begun(campaign, "phq-a", by)
    table = Table(cast, campaign)
    with pytest.raises(keying.CannotKey, match="answered"):
        table.key(table.counsellor, 1, 1)


def test_a_blank_form_waits_for_its_pupil(cast):
    table = Table(cast, blank=True)
    with pytest.raises(keying.CannotKey, match="unassigned"):
        table.key(table.helper, 1, 1)
    with entered(table.counsellor):
        paper.assign(form_id=table.form.id, student_id=cast.home.pupil.id, by=table.counsellor, now=timezone.now())
        with pytest.raises(paper.Unfit, match="taken"):
            paper.assign(form_id=table.form.id, student_id=cast.home.pupil.id, by=table.counsellor, now=timezone.now())
    table.key(table.helper, 1, 1)
    assert table.look(Sitting)[0].student_id == cast.home.pupil.id


def test_a_form_is_voided_before_anybody_keys_and_not_after(table):
    table.key(table.counsellor, 1, 1)
    with entered(table.counsellor), pytest.raises(paper.Unfit, match="taken"):
        paper.void(form_id=table.form.id, by=table.counsellor, now=timezone.now())
