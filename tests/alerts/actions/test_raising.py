"""What one stored alert holds, and the values that a bulk loader gets."""

import json

from django.utils import timezone

from qingyan.alerts.actions.raising import COLUMNS, alert_values, file_entry
from qingyan.alerts.contracts import SheetFacts
from qingyan.alerts.queries import packs
from qingyan.alerts.rules.judging import Evidence, due_at, evaluate
from qingyan.archives.api import ENTRY


def test_the_values_of_an_alert_are_in_the_order_of_its_columns(cast):
    pupil, now = cast.home.pupil, timezone.now()
    sheet = SheetFacts(pupil.school_id, pupil.school_class_id, pupil.id, pupil.id, "scl-90")
    (finding,) = evaluate(packs.current(), Evidence("scl-90", {"q15": 3}))
    row = dict(zip(COLUMNS, alert_values(sheet, finding, raised_at=now), strict=True))
    assert (row["level"], row["state"], row["rule_pack"]) == ("red", "raised", "default/1.1")
    assert row["due_at"] == due_at(packs.current(), "red", raised_at=now)
    assert json.loads(row["because"])[0]["text"] == finding.because[0].text


def test_the_entry_of_an_alert_fits_the_statement_of_the_file(cast):
    pupil, now = cast.home.pupil, timezone.now()
    sheet = SheetFacts(pupil.school_id, pupil.school_class_id, pupil.id, pupil.id, "scl-90")
    (finding,) = evaluate(packs.current(), Evidence("scl-90", {"q15": 3}))
    assert len(file_entry(pupil.id, sheet, finding, now)) == ENTRY.count("%s")
