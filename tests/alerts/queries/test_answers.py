"""Raw answers in the order and words of the instrument; the cover says whose they are and holds none of them."""

import pytest

from qingyan.alerts.queries.answers import cover_of, raw_sheet
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from tests.alerts.setting import alerted, counsellor


def test_every_item_stands_in_order_with_the_words_of_its_answer(cast):
    alert, by = alerted(cast), counsellor(cast)
    with entered(by):
        sheet = raw_sheet(by, alert.sitting_id)
    items = instruments.instrument("scl-90").items
    assert [item.text for item in sheet.items] == [item.text.zh for item in items]
    assert [(item.number, item.answer) for item in sheet.items if item.answer] == [(15, "较重")]
    assert [item.number for item in sheet.items if item.critical] == [15, 59, 63, 67]


def test_the_cover_names_pupil_and_instrument(cast):
    alert, by = alerted(cast), counsellor(cast)
    with entered(by):
        cover = cover_of(by, alert.sitting_id)
    assert (cover.pupil.name, cover.title, cover.finished_at) == (cast.home.pupil.name, "症状自评量表 SCL-90", None)


def test_strangers_and_colleagues_find_no_cover(cast):
    alert = alerted(cast)
    for by in (counsellor(cast, cast.other), cast.actor(cast.home.principal, cast.home)):
        with entered(by), pytest.raises(NotVisible):
            cover_of(by, alert.sitting_id)
