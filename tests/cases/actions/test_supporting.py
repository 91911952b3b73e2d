"""A homeroom teacher gets a card and logs contacts, and sees neither case, level nor to-dos."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions.supporting import log_contact, release_card, withdraw_card
from qingyan.cases.models import Case, ContactEntry, SupportCard, ToDo
from qingyan.cases.queries.plans import card_here, cards_for
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.cases.setting import counsellor, in_care, leader

KIND = "上课多给一个眼神"


def carded(cast):
    case, by = in_care(cast), counsellor(cast)
    with entered(by):
        return case, release_card(case=case, words=KIND, next_on=None, by=by, now=timezone.now())


def teacher(cast, place=None):
    where = place or cast.home
    return cast.actor(where.homeroom_teacher, where)


def test_a_teacher_reads_the_card_of_the_own_class_and_nothing_of_the_case(cast):
    _case, card = carded(cast)
    by = teacher(cast)
    with entered(by):
        assert [one.words for one in cards_for(by)] == [KIND]
        assert card_here(by, card.id).id == card.id
    with entered(by), pytest.raises(Exception, match="permission denied"):
        Case.objects.exists()


def test_teachers_of_another_school_and_leaders_read_no_card(cast):
    carded(cast)
    for by in (teacher(cast, cast.other), leader(cast)):
        with entered(by):
            assert not list(cards_for(by))


def test_a_contact_by_the_teacher_ticks_off_what_was_due_and_plans_the_next(cast):
    case, card = carded(cast)
    by, now = teacher(cast), timezone.now()
    with entered(by):
        log_contact(card=card, at=now, way="talk", words="今天聊了几句", by=by, now=now)
        assert ContactEntry.objects.get().words == "今天聊了几句"
    with entered(counsellor(cast)):
        rows = ToDo.objects.filter(case=case, kind="contact")
        assert rows.filter(done_at__isnull=False).count() == 1
        assert rows.filter(done_at__isnull=True).count() == 1
        assert rows.get(done_at__isnull=False).done_by_id == by.id


@pytest.mark.parametrize("change", [{"at": timezone.now() + timedelta(days=1)}, {"words": " "}])
def test_a_contact_lies_in_the_past_and_says_something(cast, change):
    _case, card = carded(cast)
    by = teacher(cast)
    given = {"at": timezone.now(), "way": "talk", "words": "x"} | change
    with entered(by), pytest.raises(NotAllowed):
        log_contact(card=card, **given, by=by, now=timezone.now())


def test_a_new_card_takes_the_place_of_the_old_and_a_withdrawn_one_is_gone(cast):
    case, _card = carded(cast)
    by, now = counsellor(cast), timezone.now()
    with entered(by):
        release_card(case=case, words="新的", next_on=None, by=by, now=now)
        assert [one.words for one in cards_for(by)] == ["新的"]
        assert SupportCard.objects.count() == 2
    head = leader(cast)
    with entered(head):
        assert withdraw_card(case=case, by=head, now=now) == 1
    with entered(by):
        assert not list(cards_for(by))


def test_a_teacher_releases_no_card(cast):
    case, by = in_care(cast), teacher(cast)
    with entered(by), pytest.raises(NotVisible):
        release_card(case=case, words="x", next_on=None, by=by, now=timezone.now())
