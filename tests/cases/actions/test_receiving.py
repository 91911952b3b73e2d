"""The receiver's way: one opening, a short session, no name without the second code, nobody else made to wait."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions import referring
from qingyan.cases.actions.receiving import Opened, Shut, end_session, name_asked, open_page, receiving, session_code
from qingyan.cases.models import Case, Interview, Referral
from qingyan.cases.queries.received import received
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.models import Student
from tests.cases.referral_setting import guardian_says, sent
from tests.cases.setting import counsellor


def opens(cast, secret, *, place=None, device="a", now=None):
    school = (place or cast.home).school.id
    return open_page(school_id=school, secret=secret, device=device, now=now or timezone.now())


def session_of(cast, opened, *, now=None):
    return session_code(school_id=cast.home.school.id, session=opened.session, now=now or timezone.now())


def test_a_code_opens_once_and_gives_the_next_one(cast):
    _, codes = sent(cast)
    first = opens(cast, codes.secret)
    assert isinstance(first, Opened)
    assert isinstance(opens(cast, codes.secret, device="b"), Shut)
    second = opens(cast, first.next_secret, device="c")
    assert isinstance(second, Opened), "the receiver comes back by the code of the page"
    assert session_of(cast, first) is not None


def test_wrong_codes_slow_the_guessing_device_and_no_other(cast):
    _, codes = sent(cast)
    for _try in range(3):
        found = opens(cast, "0" * 16, device="guesser")
    assert found.wait > 0
    assert isinstance(opens(cast, codes.secret, device="guesser"), Shut), "even the right one, while it waits"
    assert isinstance(opens(cast, codes.secret, device="doctor"), Opened), "the control"


@pytest.mark.parametrize("change", ["other school", "tampered", "expired", "void", "withdrawn", "given up"])
def test_every_code_that_opens_nothing_gets_the_same_answer(cast, change):
    referral, codes = sent(cast)
    by, secret, place, now = counsellor(cast), codes.secret, cast.home, timezone.now()
    if change == "other school":
        place = cast.other
    elif change == "tampered":
        secret = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    elif change == "expired":
        now += timedelta(days=31)
    elif change == "withdrawn":
        guardian_says(cast, "withdrawn")
    with entered(by):
        if change == "void":
            referring.renew(referral=referral, by=by, now=now)
        elif change == "given up":
            referring.decline(referral=referral, reason="不去了", by=by, now=now)
    assert opens(cast, secret, place=place, now=now) == Shut(0)


def test_consent_that_is_taken_back_ends_an_open_session_and_a_ground_does_not_depend_on_it(cast):
    _, codes = sent(cast)
    opened = opens(cast, codes.secret)
    assert session_of(cast, opened) is not None, "the control"
    guardian_says(cast, "withdrawn")
    assert session_of(cast, opened) is None


def test_the_session_is_short_and_ends_when_the_page_is_closed(cast):
    _, codes = sent(cast)
    opened = opens(cast, codes.secret)
    assert session_of(cast, opened, now=timezone.now() + timedelta(minutes=31)) is None
    code = session_of(cast, opened)
    assert code is not None
    end_session(code=code, now=timezone.now())
    assert session_of(cast, opened) is None
    assert session_code(school_id=cast.home.school.id, session="", now=timezone.now()) is None
    assert session_code(school_id=cast.other.school.id, session=opened.session, now=timezone.now()) is None


def test_the_name_waits_for_the_second_code(cast):
    _, codes = sent(cast)
    code = session_of(cast, opens(cast, codes.secret))
    page = received(code, timezone.now())
    assert page.name == ""
    assert page.set.age == 16
    assert cast.home.pupil.name not in repr(page)
    assert name_asked(code=code, typed="000000", now=timezone.now()) == 0
    assert received(code, timezone.now()).name == ""
    assert name_asked(code=code, typed=codes.name_code, now=timezone.now()) is None
    assert received(code, timezone.now()).name == cast.home.pupil.name


def test_guessing_the_name_slows_this_session_only(cast):
    _, codes = sent(cast)
    first = opens(cast, codes.secret)
    guesser = session_of(cast, first)
    for _try in range(3):
        wait = name_asked(code=guesser, typed="ZZZZZZ", now=timezone.now())
    assert wait > 0
    assert name_asked(code=guesser, typed=codes.name_code, now=timezone.now()) > 0
    other = session_of(cast, opens(cast, first.next_secret))
    assert name_asked(code=other, typed=codes.name_code, now=timezone.now()) is None, "the control"


@pytest.mark.parametrize("contact", [True, False])
def test_the_guardians_number_goes_only_where_the_guardian_said_so(cast, contact):
    _, codes = sent(cast, contact=contact)
    page = received(session_of(cast, opens(cast, codes.secret)), timezone.now())
    assert bool(page.set.contacts) is contact


def test_the_receivers_scope_sees_the_referral_and_no_other_paper_or_pupil(cast):
    sent(cast)
    with receiving(cast.home.school.id):
        assert Referral.objects.count() == 1
        assert not Case.objects.exists()
        assert not Interview.objects.exists()
        assert not Student.objects.exists()
    with receiving(cast.other.school.id):
        assert not Referral.objects.exists()


def test_opening_guessing_and_the_name_are_in_the_trail(cast):
    _, codes = sent(cast)
    code = session_of(cast, opens(cast, codes.secret))
    name_asked(code=code, typed="ZZZZZZ", now=timezone.now())
    name_asked(code=code, typed=codes.name_code, now=timezone.now())
    with entered(cast.platform()):
        found = set(AuditEntry.objects.filter(student_id=cast.home.pupil.id).values_list("action", flat=True))
    assert {"referral.opened", "referral.name_refused", "referral.name_shown"} <= found
