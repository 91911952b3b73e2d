"""Decisions and signatures are rows that are only added; two persons; only for whom the policy says."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.instruments.actions import reviewing
from qingyan.instruments.actions.reviewing import NotReady, Ruling, Subject, decide, sign_item
from qingyan.instruments.models import ItemSignature, ReviewDecision
from qingyan.instruments.queries.reviews import standing_of
from qingyan.instruments.rules.review import Look, Verdict

LOOKS = tuple(look.value for look in Look)
YES = Ruling(Verdict.LIMITED, range(10, 13), LOOKS, "高中可用")
NO = Ruling(Verdict.REFUSED, range(1, 13), (), "题目不合适")


@pytest.fixture
def subject(cast):
    return Subject(cast.city.id, "phq-a", "1.1")


def ruled(cast, subject, ruling, *, by=None):
    actor = by or cast.actor(cast.city_officer)
    with transaction.atomic(), entered(actor):
        return decide(subject=subject, ruling=ruling, by=actor, now=timezone.now())


def signature(cast, subject, *, item="q9", grade=11, by=None):
    actor = by or cast.actor(cast.district_lead)
    given = {"item": item, "lowest_grade": grade, "note": "", "by": actor, "now": timezone.now()}
    with transaction.atomic(), entered(actor):
        return sign_item(subject=subject, **given)


def test_a_new_decision_supersedes_and_the_old_one_stays(cast, subject):
    ruled(cast, subject, NO)
    ruled(cast, subject, YES)
    standing = standing_of(cast.city.id, "phq-a", "1.1")
    assert [one.verdict for one in standing.decisions] == ["limited", "refused", "approved"]
    assert standing.grades == [10, 11, 12]


def test_each_deed_leaves_a_line_in_the_trail_without_the_note(cast, subject, monkeypatch):
    lines = []
    monkeypatch.setattr(reviewing, "record", lambda **given: lines.append(given))
    ruled(cast, subject, NO)
    signature(cast, subject)
    assert [one["action"] for one in lines] == ["instruments.review_decided", "instruments.item_signed"]
    assert "题目不合适" not in str([one["detail"] for one in lines])


def test_a_signature_counts_at_once_for_what_is_approved_already(cast, subject):
    ruled(cast, subject, YES)
    signature(cast, subject, grade=12)
    assert standing_of(cast.city.id, "phq-a", "1.1").grades == [12]


def test_the_one_who_decided_signs_no_item_and_the_one_who_signed_decides_not(cast, subject):
    ruled(cast, subject, YES)
    with pytest.raises(NotReady) as refused:
        signature(cast, subject, by=cast.actor(cast.city_officer))
    assert refused.value.lacks == ["same_person"]
    other = Subject(cast.city.id, "scl-90", "1.0")
    signature(cast, other, item="q15", by=cast.actor(cast.city_officer))
    with pytest.raises(NotReady) as refused:
        ruled(cast, other, YES)
    assert refused.value.lacks == ["same_person"]


def test_only_the_city_decides_and_nobody_at_a_school_signs(cast, subject):
    with pytest.raises(NotVisible):
        ruled(cast, subject, YES, by=cast.actor(cast.district_lead))
    with pytest.raises(NotVisible):
        signature(cast, subject, by=cast.actor(cast.home.counsellor, cast.home))


def test_an_item_that_is_not_sensitive_is_not_signed(cast, subject):
    with pytest.raises(LookupError):
        signature(cast, subject, item="q1")


@pytest.mark.parametrize("model", [ReviewDecision, ItemSignature])
def test_what_was_decided_cannot_be_changed_or_taken_away(cast, model):
    actor = cast.actor(cast.city_officer)
    for change in (lambda: model.objects.update(digest="y"), lambda: model.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic(), entered(actor):
            change()


def test_a_decision_about_another_file_counts_for_nothing(cast, subject):
    ReviewDecision.objects.create(
        city=cast.city,
        instrument="phq-a",
        instrument_version="1.1",
        digest="of another file",
        verdict="approved",
        decided_at=timezone.now() + timedelta(minutes=1),
    )
    standing = standing_of(cast.city.id, "phq-a", "1.1")
    assert standing.state == "not_reviewed"
    assert standing.refusal(range(10, 11)) == "other_file"
