"""Papers are keyed in by the homeroom teacher or the school's administrator; the ledger is only appended to."""

import pytest
from django.db import ProgrammingError, transaction

from qingyan.consent.actions.recording import Answered, NoText, key_in
from qingyan.consent.contracts import Part, Word
from qingyan.consent.models import ConsentEntry
from qingyan.consent.queries.standing import standings
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.api import pupils_of_class
from tests.consent.setting import NOW, TODAY, publish, young_pupil


def _key(cast, account, *papers, place=None):
    by = cast.actor(account, cast.home)
    return key_in(school_class=(place or cast.home).class_a, purpose="screening", papers=papers, by=by, now=NOW)


def _parts(cast, account) -> dict[str, Part]:
    actor = cast.actor(account, cast.home)
    pupils = pupils_of_class(actor, cast.home.class_a.id)
    found = standings(pupils, "screening", on=TODAY)
    return {one.name: found[one.id] for one in pupils}


@pytest.mark.parametrize("role", ["homeroom_teacher", "school_admin"])
def test_a_paper_that_is_keyed_in_counts_and_leaves_its_line(cast, acting, role):
    publish(cast)
    pupil, account = young_pupil(cast), getattr(cast.home, role)
    with acting(cast.actor(account, cast.home)):
        assert _parts(cast, account)["李小满"] is Part.MISSING
        assert _key(cast, account, Answered(pupil.id, Word.AGREED, TODAY, "mother")) == 1
        assert _parts(cast, account)["李小满"] is Part.GIVEN
        assert _key(cast, account, Answered(pupil.id, Word.WITHDRAWN, TODAY)) == 1
    with acting(cast.platform(cast.home)):
        lines = list(ConsentEntry.objects.filter(student=pupil).order_by("word").values_list("word", "recorded_by"))
        assert lines == [("agreed", account.id), ("withdrawn", account.id)]
        assert AuditEntry.objects.filter(action="consent.recorded", student_id=pupil.id).count() == 2


def test_a_homeroom_teachers_role_reads_no_line_of_the_ledger(cast, acting):
    publish(cast)
    pupil, teacher = young_pupil(cast), cast.home.homeroom_teacher
    with acting(cast.actor(teacher, cast.home)):
        _key(cast, teacher, Answered(pupil.id, Word.REFUSED, TODAY))
        assert not ConsentEntry.objects.exists()
    with acting(cast.actor(cast.home.school_admin, cast.home)):
        assert ConsentEntry.objects.count() == 1


def test_no_paper_is_keyed_in_for_another_class_by_a_counsellor_or_without_a_text(cast, acting):
    teacher, paper = cast.home.homeroom_teacher, Answered(cast.home.pupil.id, Word.AGREED, TODAY)
    with acting(cast.actor(teacher, cast.home)), pytest.raises(NoText):
        _key(cast, teacher, paper)
    publish(cast)
    with acting(cast.actor(teacher, cast.home)):
        by = cast.actor(teacher, cast.home)
        with pytest.raises(NotVisible):
            key_in(school_class=cast.home.class_b, purpose="screening", papers=[paper], by=by, now=NOW)
        with pytest.raises(NotVisible):
            _key(cast, teacher, Answered(cast.other.pupil.id, Word.AGREED, TODAY))
    with acting(cast.actor(cast.home.counsellor, cast.home)), pytest.raises(NotVisible):
        _key(cast, cast.home.counsellor, paper)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_ledger_cannot_be_changed_by_the_app(cast, acting, change):
    publish(cast)
    with acting(cast.actor(cast.home.school_admin, cast.home)):
        _key(cast, cast.home.school_admin, Answered(cast.home.pupil.id, Word.AGREED, TODAY))
        rows = ConsentEntry.objects.all()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.update(word="refused") if change == "update" else rows._raw_delete("default")
