"""The crowd's endpoint hears an answer to an item that a brought wording marks, as it hears a built-in critical one."""

import pytest
from django.db import connections, transaction
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.instruments.actions.bringing import NewWording, bring, confirm_marks
from qingyan.instruments.contracts import Concern, Wording
from qingyan.screening.web import lean_database
from tests.screening.answering import open_page, stored
from tests.screening.setting import school_round

MHT = instruments.instrument("mht")
MARKED, UNMARKED = 84, 90  # items 85 and 91, counted from 0


@pytest.fixture
def cast(committed_cast):
    lean_database._facts.clear()
    yield committed_cast
    connections["default"].close()


@pytest.fixture
def page(cast):
    """A pupil at MHT in words of the city, marked at item 85."""
    words = Wording({item.id: f"题 {item.id}" for item in MHT.items})
    new = NewWording(MHT, words, "授权", "1", concerns={"q85": Concern.SUICIDAL_THOUGHT}, city_id=cast.city.id)
    officer, second = cast.actor(cast.city_officer), cast.actor(cast.home.counsellor, cast.home)
    with transaction.atomic(), entered(officer):
        row = bring(new=new, by=officer, now=timezone.now())
    with transaction.atomic(), entered(second):
        confirm_marks(wording=row, by=second, now=timezone.now())
    with transaction.atomic():
        campaign = school_round(cast, "mht")
    return open_page(cast, cast.home.pupil, campaign, "mht")


def alerts(cast):
    with transaction.atomic(), entered(cast.platform()):
        return sorted(Alert.objects.values_list("rule", flat=True))


def test_an_answer_to_a_marked_item_is_an_alert_before_it_is_acknowledged(cast, page):
    assert page.save(UNMARKED, 1)[0] == 200
    assert alerts(cast) == [], "the control"
    assert page.save(MARKED, 1)[0] == 200
    assert alerts(cast) == ["marked_suicidal_thought_red__q85"]


def test_no_alert_no_acknowledgement(cast, page, monkeypatch):
    def broken(**_):
        raise RuntimeError("no alert today")

    for name in ("raise_findings", "raise_together"):
        monkeypatch.setattr(f"qingyan.alerts.subscribers.{name}", broken)
    assert page.save(MARKED, 1)[0] == 503
    assert stored(cast, page).answers[MARKED] is None


def test_a_hand_in_together_sees_the_marks_too(cast, page):
    with transaction.atomic(), entered(cast.platform()):
        sheet = stored(cast, page)
        sheet.answers[MARKED], sheet.sequences[MARKED] = 1, 1
        sheet.save(update_fields=["answers", "sequences"])
    assert alerts(cast) == []
    assert page.finish()[0] == 200
    assert "marked_suicidal_thought_red__q85" in alerts(cast)
