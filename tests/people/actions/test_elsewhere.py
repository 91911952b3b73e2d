"""A new pupil who is at another school: looked up with a line in the trail, asked for without learning which school."""

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.actions import elsewhere, transfers
from qingyan.people.models import Student, Transfer
from qingyan.people.queries import transfers as queries
from qingyan.people.roster.outcome import RosterRow
from tests.people.queries.test_elsewhere import NUMBER, asker, numbered


def row(line=2, **changes):
    return RosterRow(line=line, name="陈雨桐", grade=7, class_number=1, sex="F", **({"id_number": NUMBER} | changes))


def looked(cast, rows):
    by = asker(cast)
    with entered(by):
        return elsewhere.look(rows=rows, by=by, now=timezone.now())


def claimed(cast, one=None):
    numbered(cast, cast.home, id_number=NUMBER)
    one, by = one or row(), asker(cast)
    token = looked(cast, [one]).lines[one.line]
    with entered(by):
        return elsewhere.claim(row=one, token=token, by=by, now=timezone.now())


def test_the_line_is_named_and_the_trail_counts_without_a_name_or_number(cast):
    numbered(cast, cast.home, id_number=NUMBER)
    found = looked(cast, [row(2), row(3, id_number="150301201005040028"), row(4, id_number="")])
    assert set(found.lines) == {2}
    with entered(cast.platform(cast.other)):
        entry = AuditEntry.objects.get(action="roster.looked_elsewhere")
    assert entry.detail == {"asked": 2, "found": 1, "answered": True}
    assert entry.actor_id == cast.other.school_admin.id


def test_a_claim_asks_the_pupil_s_school_which_sees_who_is_meant(cast):
    with entered(cast.platform(cast.other)):
        before = Student.objects.filter(school=cast.other.school).count()
    mine = claimed(cast)
    assert (mine.state, mine.by_number, mine.subject) == ("asked", True, None)
    with entered(cast.platform(cast.home)):
        theirs = Transfer.objects.get(pair=mine.pair)
        assert (theirs.subject, theirs.name, theirs.by_number) == (cast.home.pupil.id, "陈雨桐", False)
    with entered(cast.platform(cast.other)):
        assert Student.objects.filter(school=cast.other.school).count() == before


def test_the_asker_reads_the_school_s_name_only_after_it_has_agreed(cast):
    mine, now = claimed(cast), timezone.now()
    with entered(asker(cast)):
        line = queries.line(queries.transfer(asker(cast), mine.pk), now=now)
        assert line.other_school == "本市另一所学校"
    sender = asker(cast, cast.home)
    with entered(sender):
        theirs = Transfer.objects.get(pair=mine.pair)
        assert queries.line(theirs, now=now).other_school == cast.other.school.name
        transfers.release(transfer=theirs, student=cast.home.pupil, by=sender, now=now)
    with entered(asker(cast)):
        assert queries.line(queries.transfer(asker(cast), mine.pk), now=now).other_school == cast.home.school.name


def test_a_refusal_still_hides_the_school_and_so_does_the_asker_s_trail(cast):
    mine, now, sender = claimed(cast), timezone.now(), asker(cast, cast.home)
    with entered(sender):
        theirs = Transfer.objects.get(pair=mine.pair)
        transfers.decline(transfer=theirs, reason="学生没有转学", by=sender, now=now)
    with entered(asker(cast)):
        assert queries.line(queries.transfer(asker(cast), mine.pk), now=now).other_school == "本市另一所学校"
    with entered(cast.platform(cast.other)):
        details = [one.detail for one in AuditEntry.objects.filter(action__startswith="transfer.")]
    assert details
    assert {one["other_school"] for one in details} == {None}
    with entered(cast.platform(cast.home)):
        assert AuditEntry.objects.filter(action="transfer.asked").get().detail["other_school"] == cast.other.school.id


def test_claiming_twice_asks_once_and_a_pupil_who_has_gone_is_not_asked_for(cast):
    mine, by = claimed(cast), asker(cast)
    token = looked(cast, [row()]).lines[2]
    with entered(by):
        again = elsewhere.claim(row=row(), token=token, by=by, now=timezone.now())
    assert again.pair == mine.pair
    numbered(cast, cast.home, id_number=NUMBER, state="left")
    with entered(by):
        assert elsewhere.claim(row=row(), token=token, by=by, now=timezone.now()) is None


def test_beyond_the_bound_of_a_file_nobody_is_asked_and_it_is_said(cast, monkeypatch):
    numbered(cast, cast.home, id_number=NUMBER)
    monkeypatch.setattr(elsewhere, "MOST_A_FILE", 1)
    found = looked(cast, [row(2, id_number="150301201005040028"), row(3)])
    assert (found.lines, found.unasked) == ({}, 1)
    assert set(looked(cast, [row(3)]).lines) == {3}


def test_who_may_not_import_may_not_look(cast):
    by = cast.actor(cast.other.counsellor, cast.other)
    with entered(by), pytest.raises(NotVisible):
        elsewhere.look(rows=[row()], by=by, now=timezone.now())
