"""A merge moves what hangs on a file, keeps what would clash, and can be undone to the letter."""

import hashlib

import pytest
from django.db import connection
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.people.actions import merging, transfers
from qingyan.people.models import Enrolment, Guardian, Student
from qingyan.people.queries.hanging import of_pupils
from qingyan.people.queries.merging import STAYING, doubled, movable
from qingyan.screening.models import AnswerSheet, Result, Sitting
from tests.factories.city import make_pupil
from tests.factories.records import make_records

NOW = timezone.now


@pytest.fixture
def pair(cast):
    """The pupil of the story, with records, and an emptier file of the same pupil."""
    records = make_records(cast, cast.home)
    with entered(cast.platform()):
        twin = make_pupil(cast.home.class_b, cast.home.pupil.name, 2010)
        first = Student.objects.get(pk=cast.home.pupil.pk)
        first.id_number, first.ethnicity = "11010519491231002X", ""
        first.save()
        twin.student_number = None
        twin.save()
    return twin, first, records


def content(cast, *ids):
    """A hash of everything that the platform reads of these pupils; sealed texts opened."""
    lines = []
    with entered(cast.platform()):
        for model, lookup in of_pupils():
            if model in STAYING and model is not Student:
                continue
            for row in model._default_manager.filter(**{f"{lookup}__in": ids}).order_by("pk"):
                names = [one.attname for one in model._meta.concrete_fields]
                lines.append(repr((model._meta.db_table, [(name, getattr(row, name)) for name in names])))
    assert len(lines) > 8
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def merge(cast, survivor, other):
    admin = cast.actor(cast.home.school_admin, cast.home)
    with entered(admin):
        return merging.merge(survivor=survivor, other=other, by=admin, now=NOW())


def undo(cast, row):
    admin = cast.actor(cast.home.school_admin, cast.home)
    with entered(admin):
        return merging.undo(merge=row, by=admin, now=NOW())


def test_everything_moves_and_empty_fields_are_filled(cast, pair):
    twin, first, _ = pair
    merge(cast, twin, first)
    with entered(cast.platform()):
        for model in (Sitting, AnswerSheet, Result, Alert, Entry):
            assert model.objects.get(student=twin)
            assert not model.objects.filter(student=first).exists()
        kept, gone = Student.objects.get(pk=twin.pk), Student.objects.get(pk=first.pk)
        assert (kept.id_number, kept.student_number) == (first.id_number, first.student_number)
        assert (gone.state, gone.school_class, gone.id_number) == ("merged", None, None)
        assert sorted(Guardian.objects.filter(student=twin).values_list("position", flat=True)) == [1, 2]
        assert Enrolment.objects.filter(student=twin, ends_on__isnull=True).count() == 1


def test_the_undo_restores_both_files_to_the_letter(cast, pair):
    twin, first, _ = pair
    before = content(cast, twin.id, first.id)
    row = merge(cast, twin, first)
    assert content(cast, twin.id, first.id) != before
    undo(cast, row)
    assert content(cast, twin.id, first.id) == before
    with pytest.raises(merging.Refused, match="state"):
        undo(cast, row)


def test_two_sittings_of_one_campaign_clash_and_the_others_stay_with_all_that_hangs_on_it(cast, pair):
    twin, first, records = pair
    with entered(cast.platform()):
        Sitting.objects.create(
            campaign_id=records.campaign, student=twin, school=cast.home.school, school_class=cast.home.class_b,
            instrument="scl-90", version="1", started_at=NOW(),
        )  # fmt: skip
        found = movable(twin.id, first.id)
        assert found.staying["screening_sitting"] == [records.sitting]
        assert found.staying["alerts_alert"] == [records.alert]
    before = content(cast, twin.id, first.id)
    row = merge(cast, twin, first)
    with entered(cast.platform()):
        for model in (Sitting, AnswerSheet, Result, Alert, Entry):
            assert model.objects.filter(student=first).count() == 1, model
        assert Enrolment.objects.filter(student=twin).count() == 2
    undo(cast, row)
    assert content(cast, twin.id, first.id) == before


def test_a_file_that_changed_since_is_not_torn_apart(cast, pair):
    twin, first, _ = pair
    row = merge(cast, twin, first)
    with entered(cast.platform()):
        kept = Student.objects.get(pk=twin.pk)
        kept.ethnicity = "回族"
        kept.save()
    with pytest.raises(merging.Refused, match="moved_on"):
        undo(cast, row)


def test_what_cannot_be_merged(cast, pair):
    twin, first, _ = pair
    with pytest.raises(merging.Refused, match="same"):
        merge(cast, twin, twin)
    with pytest.raises(NotVisible):
        merge(cast, twin, cast.other.pupil)
    admin = cast.actor(cast.home.school_admin, cast.home)
    with entered(admin):
        transfers.offer(student=first, to_school_id=cast.other.school.id, by=admin, now=NOW())
    with pytest.raises(merging.Refused, match="transfer"):
        merge(cast, twin, first)


def test_a_merged_file_is_not_merged_again(cast, pair):
    twin, first, _ = pair
    merge(cast, twin, first)
    with pytest.raises(merging.Refused, match="merged"):
        merge(cast, cast.home.pupils_a[1], first)


def test_the_doubled_are_found_once_and_only_while_doubled(cast, pair):
    twin, first, _ = pair
    admin = cast.actor(cast.home.school_admin, cast.home)
    with entered(admin):
        assert [{one.id for one in group} for group in doubled(admin)] == [{twin.id, first.id}]
    merge(cast, twin, first)
    with entered(admin):
        assert doubled(admin) == []


def test_the_database_hands_no_row_to_a_file_of_another_school(cast, pair):
    with (
        entered(cast.platform()),
        pytest.raises(Exception, match="not two files of this school"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT moving.hand_rows('people_guardian', '{}', %s, %s)", [cast.home.pupil.id, cast.other.pupil.id]
        )
