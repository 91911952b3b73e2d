"""The token opens the thread, slows by its number only, and brings a closed report back."""

from datetime import timedelta

from qingyan.concerns.actions.following import Shut, Thread, follow, write_again
from qingyan.concerns.actions.handling import answer, close
from qingyan.concerns.contracts import Kind, Outcome, Source
from qingyan.concerns.rules.reports import MOST_MESSAGES
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.printed_codes import printed
from qingyan.notifications.models import Notification
from qingyan.people.rules.pace import FREE_TRIES
from tests.concerns.setting import (
    CANARY,
    COMMITTEE,
    COUNSELLORS,
    NOW,
    member,
    moved,
    new,
    nobody,
    raised,
    reader,
    stored,
)


def opened(cast, token, now=NOW, place=None) -> Thread | Shut:
    where = place or cast.home
    with entered(nobody(where)):
        return follow(school_id=where.school.id, token=token, now=now)


def test_the_writer_reads_the_answer_with_the_token(cast):
    token = raised(cast).token
    me = reader(cast)
    with entered(me):
        answer(box=COUNSELLORS, report_id=stored(cast).id, text="谢谢你写信来。", by=me, now=NOW)
    thread = opened(cast, printed(token).lower())
    assert thread.first.text == CANARY
    assert [(one.text, one.by_school) for one in thread.messages] == [("谢谢你写信来。", True)]
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="concern.followed").actor_id is None


def test_a_report_to_the_committee_is_followed_the_same_way(cast):
    token = raised(cast, new(Kind.BULLYING, Source.CLASSMATE)).token
    me = member(cast)
    with entered(me):
        answer(box=COMMITTEE, report_id=stored(cast, COMMITTEE).id, text="收到", by=me, now=NOW)
    assert opened(cast, token).messages[0].text == "收到"


def test_a_wrong_secret_a_wrong_number_and_another_school_get_one_answer(cast):
    token = raised(cast).token
    wrong = token[:10] + "0" * 10
    assert opened(cast, wrong) == opened(cast, "0" * 20) == opened(cast, token, place=cast.other) == Shut(0)
    assert opened(cast, "") == opened(cast, "短") == Shut(0)


def test_wrong_tries_slow_the_number_and_no_other(cast):
    token, other = raised(cast).token, raised(cast).token
    for _ in range(FREE_TRIES):
        opened(cast, token[:10] + "0" * 10)
    shut = opened(cast, token)
    assert isinstance(shut, Shut)
    assert shut.wait > 0
    assert isinstance(opened(cast, other), Thread)
    assert isinstance(opened(cast, token, now=NOW + timedelta(minutes=2)), Thread)


def test_staff_reports_are_opened_by_no_token(cast):
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    receipt = raised(cast, new(Kind.CONCERN, Source.STAFF, sender=str(teacher.id)), by=teacher)
    assert opened(cast, receipt.number + "0" * 10) == Shut(0)


def test_writing_again_opens_a_closed_report_and_tells_its_readers(cast):
    token = raised(cast).token
    me, row = reader(cast), stored(cast)
    with entered(me):
        close(box=COUNSELLORS, report_id=row.id, outcome=Outcome.ANSWERED, note="", by=me, now=NOW)
    Notification.objects.all().delete()
    with entered(nobody(cast.home)):
        thread = write_again(school_id=cast.home.school.id, token=token, text="还有一件事", now=NOW)
    assert thread.messages[-1].text == "还有一件事"
    assert (stored(cast).state, stored(cast).taken_by_id) == ("received", None)
    assert Notification.objects.get().account_id == cast.home.counsellor.id


def test_a_thread_ends_before_it_is_endless(cast):
    token = raised(cast).token
    for number in range(MOST_MESSAGES + 2):
        with entered(nobody(cast.home)):
            thread = write_again(school_id=cast.home.school.id, token=token, text=str(number), now=NOW)
    assert len(thread.messages) == MOST_MESSAGES
    assert not thread.may_write


def test_after_a_move_the_token_still_opens_the_thread_at_the_school_it_was_written_to_and_nowhere_else(cast):
    """The pupil follows the answer where it was asked for; the new school learns nothing, not even that it exists."""
    pupil = cast.home.pupil
    token = raised(cast, new(Kind.LETTER, Source.SELF, pupil=pupil.id, vouched=True)).token
    me = reader(cast)
    with entered(me):
        answer(box=COUNSELLORS, report_id=stored(cast).id, text="我们在", by=me, now=NOW)
    moved(cast)
    assert opened(cast, token).messages[0].text == "我们在"
    with entered(nobody(cast.home)):
        later = NOW + timedelta(minutes=1)
        thread = write_again(school_id=cast.home.school.id, token=token, text="我转学了", now=later)
    assert thread.messages[-1].text == "我转学了"
    assert opened(cast, token, place=cast.other) == opened(cast, "0" * 20, place=cast.other) == Shut(0)
    theirs = reader(cast, cast.other)
    with entered(theirs):
        assert COUNSELLORS.reports.objects.count() == COUNSELLORS.messages.objects.count() == 0
    with entered(me):
        assert COUNSELLORS.reports.objects.get().pupil == pupil.id, "the control: it is still here"
