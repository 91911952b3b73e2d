"""Saving and handing in: what is acknowledged is stored, once, and only by the pupil whose sheet it is."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.foundation.events import api as events
from qingyan.instruments import api as instruments
from qingyan.screening.actions import answers, campaigns, sittings
from qingyan.screening.actions.handing_in import Disputed
from qingyan.screening.actions.writing import Refused
from qingyan.screening.contracts import HandIn
from qingyan.screening.events import AnswerSaved, AnswerSheetScored
from qingyan.screening.models import AnswerSheet, DisputedSubmission, Result, Sitting
from qingyan.screening.rules.sheets import fingerprint
from qingyan.screening.workflow import FINISHED
from tests.screening.setting import Typist, begun, guardian_agreed, school_round, signed_in

SELF_HARM = 14  # item 15 of SCL-90, counted from 0


@pytest.fixture
def heard(monkeypatch):
    """Everything announced inside the transactions of a test, and a way to make a listener fail."""
    events_heard = []
    listeners = {AnswerSaved: [], AnswerSheetScored: []}
    for kind, handlers in listeners.items():
        handlers.append(lambda event, cursor: events_heard.append(event))
        monkeypatch.setitem(events._inside, kind, handlers)
    return events_heard


@pytest.fixture
def scl(cast):
    """A pupil of the story, her begun SCL-90, and a typist for it."""
    campaign = school_round(cast, "scl-90")
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
    return by, sitting, Typist(sitting)


def sheet(sitting) -> AnswerSheet:
    return AnswerSheet.objects.get(sitting_id=sitting.id)


def test_an_answer_is_stored_at_its_place_with_time_and_sequence(scl):
    by, sitting, typist = scl
    with entered(by):
        saved = answers.save(answer=typist.answer(4, 3, ms=2500), by=by, now=timezone.now())
        stored = sheet(sitting)
    assert (saved.seq, saved.answered) == (1, 1)
    assert (stored.answers[4], stored.times[4], stored.sequences[4]) == (3, 2500, 1)
    assert sum(answer is not None for answer in stored.answers) == 1


def test_a_late_packet_never_overwrites_a_newer_answer(scl):
    by, sitting, typist = scl
    with entered(by):
        answers.save(answer=typist.answer(4, 3, seq=7), by=by, now=timezone.now())
        late = answers.save(answer=typist.answer(4, 1, seq=5), by=by, now=timezone.now())
        same = answers.save(answer=typist.answer(4, 3, seq=7), by=by, now=timezone.now())
        assert sheet(sitting).answers[4] == 3
    assert (late.seq, late.answered) == (5, 1), "acknowledged, so that the page stops sending it"
    assert (same.seq, same.answered) == (7, 1)


def test_a_changed_mind_counts_and_time_adds_up(scl):
    by, sitting, typist = scl
    with entered(by):
        answers.save(answer=typist.answer(4, 3, ms=1000), by=by, now=timezone.now())
        answers.save(answer=typist.answer(4, 2, ms=500), by=by, now=timezone.now())
        stored = sheet(sitting)
    assert (stored.answers[4], stored.times[4]) == (2, 1500)


@pytest.mark.parametrize(
    ("item", "value", "seq", "ms"),
    [(-1, 1, 1, 0), (90, 1, 1, 0), (0, 9, 1, 0), (0, -1, 1, 0), (0, 1, -1, 0), (0, 1, 1, -5), (0, 1, 2**31, 0)],
)
def test_what_is_no_answer_of_this_instrument_is_refused(scl, item, value, seq, ms):
    by, _, typist = scl
    with entered(by), pytest.raises(Refused) as refusal:
        answers.save(answer=typist.answer(item, value, seq=seq, ms=ms), by=by, now=timezone.now())
    assert refusal.value.code == "invalid"


def test_nobody_writes_on_the_sheet_of_another(scl, cast):
    _, _, typist = scl
    for other in (cast.home.pupils_a[1], cast.other.pupil):
        by = signed_in(other)
        with entered(by), pytest.raises(Refused) as refusal:
            answers.save(answer=typist.answer(0, 1), by=by, now=timezone.now())
        assert refusal.value.code == "not_found"


def test_an_answer_to_a_critical_item_is_announced_in_the_same_transaction(scl, heard):
    by, sitting, typist = scl
    with entered(by):
        answers.save(answer=typist.answer(0, 4), by=by, now=timezone.now())
        assert heard == []
        answers.save(answer=typist.answer(SELF_HARM, 4), by=by, now=timezone.now())
    (event,) = heard
    assert (event.sitting, event.item, event.value, event.student) == (sitting.id, SELF_HARM, 4, by.student_id)


def test_when_the_alert_cannot_be_stored_the_answer_is_neither_acknowledged_nor_stored(scl, heard):
    def fails(event, cursor):
        raise RuntimeError("no alert today")

    by, sitting, typist = scl
    events._inside[AnswerSaved].append(fails)
    with entered(by):
        with pytest.raises(RuntimeError), transaction.atomic():
            answers.save(answer=typist.answer(SELF_HARM, 4), by=by, now=timezone.now())
        assert sheet(sitting).answers[SELF_HARM] is None


def fill(by, typist, values) -> None:
    for item, value in enumerate(values):
        if value is not None:
            answers.save(answer=typist.answer(item, value), by=by, now=timezone.now())


def test_a_full_sheet_is_scored_as_the_instrument_scores_it(scl, heard, cast):
    by, sitting, typist = scl
    values = [index % 5 for index in range(90)]
    values = [instruments.plan("scl-90").option_values(index)[value] for index, value in enumerate(values)]
    with entered(by):
        fill(by, typist, values)
        heard.clear()
        handed = HandIn(sitting.id, uuid4(), fingerprint(values), tuple(values))
        receipt = answers.finish(handed=handed, by=by, now=timezone.now())
        assert Sitting.objects.get(id=sitting.id).state == FINISHED
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Result.objects.exists()  # a pupil sees no score
    assert receipt.submission == handed.submission
    expected = instruments.plan("scl-90").score(values, age=16)
    with entered(cast.platform()):
        result = Result.objects.get(sitting_id=sitting.id)
    assert result.values == dict(expected.values)
    assert result.bands == dict(expected.bands)
    assert (result.instrument_hash, result.rule_version) == (expected.digest, expected.rule_version)
    assert result.quality["total_ms"] == 90 * 1500
    (event,) = heard
    assert event.scores.values == expected.values
    assert event.answers == tuple(values)


def test_handing_in_again_gives_the_same_receipt_and_one_result(scl, cast, heard):
    by, sitting, typist = scl
    with entered(by):
        fill(by, typist, [1] * 90)
        handed = HandIn(sitting.id, uuid4(), fingerprint([1] * 90), (1,) * 90)
        first = answers.finish(handed=handed, by=by, now=timezone.now())
        again = answers.finish(handed=handed, by=by, now=timezone.now() + timedelta(minutes=5))
        reloaded = answers.finish(handed=replace(handed, submission=uuid4()), by=by, now=timezone.now())
    assert first == again == reloaded
    assert sum(isinstance(event, AnswerSheetScored) for event in heard) == 1
    with entered(cast.platform()):
        assert Result.objects.count() == 1


def test_a_different_hand_in_is_refused_and_both_are_kept(scl, cast):
    by, sitting, typist = scl
    different = tuple([3] + [1] * 89)
    with entered(by):
        fill(by, typist, [1] * 90)
        answers.finish(handed=HandIn(sitting.id, uuid4(), "", (1,) * 90), by=by, now=timezone.now())
        for _ in range(2):
            with pytest.raises(Disputed):
                answers.finish(handed=HandIn(sitting.id, uuid4(), "", different), by=by, now=timezone.now())
    with entered(cast.platform()):
        assert DisputedSubmission.objects.get().answers == list(different)
        assert sheet(sitting).answers == [1] * 90
        assert Result.objects.count() == 1


def test_a_page_that_shows_other_answers_than_are_stored_cannot_hand_in(scl, cast):
    by, sitting, typist = scl
    with entered(by):
        fill(by, typist, [1] * 90)
        with pytest.raises(Disputed):
            answers.finish(handed=HandIn(sitting.id, uuid4(), fingerprint([2] * 90)), by=by, now=timezone.now())
        assert Sitting.objects.get(id=sitting.id).state != FINISHED


def test_gaps_may_be_handed_in_and_the_scales_say_why_they_have_no_value(scl, cast):
    by, sitting, typist = scl
    values = [1] * 30 + [None] * 60
    with entered(by):
        fill(by, typist, values)
        answers.finish(
            handed=HandIn(sitting.id, uuid4(), fingerprint(values), tuple(values)), by=by, now=timezone.now()
        )
    with entered(cast.platform()):
        result = Result.objects.get()
    assert "missing_answers" in result.not_scorable.values()
    assert result.quality["missing"] == 60


def test_nothing_is_saved_after_handing_in(scl):
    by, sitting, typist = scl
    with entered(by):
        fill(by, typist, [1] * 90)
        answers.finish(handed=HandIn(sitting.id, uuid4()), by=by, now=timezone.now())
        with pytest.raises(Refused) as refusal:
            answers.save(answer=typist.answer(0, 2), by=by, now=timezone.now())
        assert refusal.value.code == "finished"
        assert sheet(sitting).answers[0] == 1


def test_who_began_in_time_has_an_hour_of_grace_and_no_more(scl):
    by, sitting, typist = scl
    closes = sitting.campaign.closes_at
    with entered(by):
        answers.save(answer=typist.answer(0, 1), by=by, now=closes + timedelta(minutes=59))
        for act in (
            lambda late: answers.save(answer=typist.answer(1, 1), by=by, now=late),
            lambda late: answers.finish(handed=HandIn(sitting.id, uuid4()), by=by, now=late),
        ):
            with pytest.raises(Refused) as refusal:
                act(closes + timedelta(minutes=61))
            assert refusal.value.code == "closed"


def test_a_closed_round_takes_no_answers(scl, cast):
    by, sitting, typist = scl
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        campaigns.close(campaign=sitting.campaign, by=counsellor, now=timezone.now())
    with entered(by), pytest.raises(Refused) as refusal:
        answers.save(answer=typist.answer(0, 1), by=by, now=timezone.now())
    assert refusal.value.code == "closed"


def test_an_item_kept_from_the_pupils_age_is_neither_saved_nor_shown(cast):
    campaign = school_round(cast, "phq-a", grades=(10, 10))
    young = cast.home.pupil
    with entered(cast.platform()):
        type(young).objects.filter(id=young.id).update(birth_date=timezone.localdate().replace(year=2014))
    guardian_agreed(cast, young)
    by = signed_in(young)
    with entered(by):
        sitting = begun(campaign, "phq-a", by)
        hidden = instruments.plan("phq-a").not_asked(sheet(sitting).age)
        assert hidden
        with pytest.raises(Refused):
            answers.save(answer=Typist(sitting).answer(min(hidden), 1), by=by, now=timezone.now())
        visible = [1] * (13 - len(hidden))
        fill(by, Typist(sitting), [None if index in hidden else 1 for index in range(13)])
        answers.finish(
            handed=HandIn(sitting.id, uuid4(), fingerprint(visible), tuple(visible)), by=by, now=timezone.now()
        )


def test_stopping_and_going_on_keeps_every_answer(scl):
    by, sitting, typist = scl
    with entered(by):
        answers.save(answer=typist.answer(0, 1), by=by, now=timezone.now())
        sittings.stop(sitting=sitting, by=by, now=timezone.now())
        assert Sitting.objects.get(id=sitting.id).state == "stopped"
        answers.save(answer=typist.answer(1, 2), by=by, now=timezone.now())
        sittings.resume(sitting=sitting, by=by, now=timezone.now())
        assert sheet(sitting).answers[:2] == [1, 2]
        assert Sitting.objects.get(id=sitting.id).state == "answering"
