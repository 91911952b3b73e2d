"""A mandatory report: its circle is the writer and whom the writer names, by the database; no guardian is told."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from qingyan.cases.actions.mandating import Report, Unfit, add_result, open_mandatory, record_mandatory
from qingyan.cases.models import Case, MandatoryRecord, MandatoryResult, ToDo
from qingyan.cases.queries.circles import mandatory_of
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.notifications.models import Notification
from tests.cases.setting import NOTHING_FOUND, colleague, counsellor, interviewed, leader, opened

FACTS, NUMBER = "手臂有多处旧伤", "接警第 0412 号"


def given(**changes) -> Report:
    whole = {
        "situations": ["many_injuries"],
        "facts": FACTS,
        "authority": "青石派出所",
        "at": timezone.now() - timedelta(minutes=10),
        "receipt": NUMBER,
        "guardian_suspected": False,
        "readers": [],
    }
    return Report(**{**whole, **changes})


def recorded(cast, case=None, **changes) -> MandatoryRecord:
    by, found = counsellor(cast), case or opened(cast)
    with entered(by):
        found.refresh_from_db()
        return record_mandatory(case=found, report=given(**changes), by=by, now=timezone.now())


def shown(model, by) -> int:
    with entered(by):
        try:
            with transaction.atomic():
                return model.objects.count()
        except ProgrammingError:
            return 0


def test_nobody_but_the_writer_sees_it_not_even_the_leader_or_a_colleague(cast):
    recorded(cast)
    others = [
        leader(cast),
        colleague(cast),
        cast.platform(),
        counsellor(cast, cast.other),
        cast.actor(cast.district_lead),
    ]
    others += [cast.actor(cast.home.homeroom_teacher, cast.home), cast.actor(cast.city_officer)]
    assert {shown(MandatoryRecord, one) for one in others} == {0}
    assert shown(MandatoryRecord, counsellor(cast)) == 1, "the control"


def test_whoever_is_named_sees_the_report_and_its_results(cast):
    row = recorded(cast, readers=[cast.home.principal.id])
    second = colleague(cast)
    by = leader(cast)
    with entered(by):
        add_result(record_id=row.id, text="已立案", by=by, now=timezone.now())
        (found,) = mandatory_of(by, row.case)
        assert (found.facts, found.receipt) == (FACTS, NUMBER)
        assert [one.text for one in found.results] == ["已立案"]
    assert shown(MandatoryResult, second) == 0
    with entered(second), pytest.raises(NotVisible):
        add_result(record_id=row.id, text="x", by=second, now=timezone.now())


def test_a_stranger_to_the_circle_finds_no_page_even_as_a_counsellor_of_the_school(cast):
    row, other = recorded(cast), colleague(cast)
    with entered(other), pytest.raises(NotVisible):
        open_mandatory(case_id=row.case_id, by=other, now=timezone.now())
    by = counsellor(cast)
    with entered(by):
        open_mandatory(case_id=row.case_id, by=by, now=timezone.now())
        lines = AuditEntry.objects.filter(action="mandatory.read")
        assert [one.detail["shown"] for one in lines] == [1]
        assert FACTS not in str(list(AuditEntry.objects.values()))


def test_the_to_do_is_done_by_it(cast):
    case = interviewed(cast, situations={**NOTHING_FOUND, "many_injuries": "suspected"})
    with entered(counsellor(cast)):
        assert ToDo.objects.filter(kind="mandatory_report", done_at__isnull=True).count() == 1
    recorded(cast, case)
    with entered(counsellor(cast)):
        assert ToDo.objects.filter(kind="mandatory_report", done_at__isnull=True).count() == 0


def test_a_suspected_guardian_is_withheld_and_nobody_is_told_by_us(cast):
    before = Notification.objects.count()
    row = recorded(cast, guardian_suspected=True)
    with entered(counsellor(cast)):
        assert Case.objects.get(id=row.case_id).guardian_withheld
    assert Notification.objects.count() == before


@pytest.mark.parametrize("model", [MandatoryRecord, MandatoryResult])
def test_nothing_is_overwritten(cast, model):
    recorded(cast)
    with entered(counsellor(cast)), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.update(by=counsellor(cast).id)


def test_nobody_is_struck_out_of_the_circle(cast):
    recorded(cast)
    with entered(counsellor(cast)), pytest.raises(ProgrammingError, match="struck out"), transaction.atomic():
        MandatoryRecord.objects.update(readers=[])


def test_what_does_not_fit_is_refused(cast):
    wrong = [
        {"situations": []},
        {"situations": ["weather"]},
        {"facts": " "},
        {"authority": ""},
        {"at": timezone.now() + timedelta(hours=1)},
        {"readers": [cast.home.homeroom_teacher.id]},
        {"readers": [cast.other.counsellor.id]},
    ]
    case = opened(cast)
    for one in wrong:
        with pytest.raises(Unfit):
            recorded(cast, case, **one)
    assert recorded(cast, case).id, "the control"
