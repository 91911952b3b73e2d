"""A brought wording with marks: an answer to a marked item raises its alert in the transaction that stores it."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.utils import timezone

from qingyan.alerts import subscribers
from qingyan.alerts.actions.sweeping import sweep_school
from qingyan.alerts.models import Alert
from qingyan.alerts.queries.answers import raw_sheet
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.instruments.actions.bringing import NewWording, bring, confirm_marks
from qingyan.instruments.contracts import Concern
from qingyan.instruments.rules.wordings import Wording
from qingyan.screening.models import AnswerSheet
from tests.alerts.setting import Answering, counsellor
from tests.screening.setting import school_round

MHT = instruments.instrument("mht")
WORDS = Wording({item.id: f"题 {item.id}" for item in MHT.items})
MARKED, ITEM = {"q85": Concern.SUICIDAL_THOUGHT, "q97": Concern.DAMAGE}, 84
NEW = NewWording(MHT, WORDS, "授权", "1", concerns=MARKED)


def a_round(cast, concerns=MARKED):
    """A round of the city officer's words, read by the counsellor as the second person."""
    officer, second = cast.actor(cast.city_officer), counsellor(cast)
    with transaction.atomic(), entered(officer):
        row = bring(new=replace(NEW, city_id=cast.city.id, concerns=concerns), by=officer, now=timezone.now())
    with transaction.atomic(), entered(second):
        confirm_marks(wording=row, by=second, now=timezone.now())
    return school_round(cast, "mht")


def alerts(cast) -> list[tuple[str, str]]:
    with entered(counsellor(cast)):
        return list(Alert.objects.order_by("rule").values_list("rule", "level"))


def test_a_marked_item_raises_at_once_and_the_same_item_without_a_mark_raises_nothing(cast):
    sheet = Answering(cast.home.pupil, a_round(cast), "mht")
    sheet.save(0, 1)
    assert alerts(cast) == [], "the control: an item without a mark"
    sheet.save(ITEM, 0)
    assert alerts(cast) == [], "no is no"
    sheet.save(ITEM, 1)
    assert alerts(cast) == [("marked_suicidal_thought_red__q85", "red")]


def test_the_control_the_same_answers_to_words_whose_mark_lies_elsewhere(cast):
    elsewhere = {"q91": Concern.SUICIDAL_THOUGHT}
    sheet = Answering(cast.home.pupil, a_round(cast, elsewhere), "mht")
    sheet.save(ITEM, 1)
    assert alerts(cast) == []
    sheet.save(90, 1)
    assert alerts(cast) == [("marked_suicidal_thought_red__q91", "red")]


def test_if_the_alert_cannot_be_stored_the_answer_is_not_stored_either(cast, monkeypatch):
    sheet = Answering(cast.home.pupil, a_round(cast), "mht")

    def broken(**_):
        raise RuntimeError("no alert today")

    monkeypatch.setattr(subscribers, "raise_findings", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        sheet.save(ITEM, 1)
    with entered(cast.platform()):
        assert AnswerSheet.objects.get(sitting_id=sheet.sitting.id).answers[ITEM] is None


def test_the_hand_in_and_the_sweep_see_the_marks_and_repeat_nothing(cast):
    sheet = Answering(cast.home.pupil, a_round(cast), "mht")
    sheet.answer_everything(1)
    sheet.hand_in()
    found = alerts(cast)
    assert ("marked_damage_yellow__q97", "yellow") in found
    assert ("mht_high_orange", "orange") in found
    platform = cast.platform()
    with transaction.atomic(), entered(platform):
        assert sweep_school(by=platform, back=timezone.timedelta(hours=1), now=timezone.now()) == 0
    assert alerts(cast) == found


def test_the_counsellor_reads_the_brought_words_and_sees_which_items_were_marked(cast):
    sheet = Answering(cast.home.pupil, a_round(cast), "mht")
    sheet.save(ITEM, 1)
    with entered(counsellor(cast)):
        item = raw_sheet(counsellor(cast), sheet.sitting.id).items[ITEM]
    assert (item.text, item.answer, item.critical) == ("题 q85", "是", True)
