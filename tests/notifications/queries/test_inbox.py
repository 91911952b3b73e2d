"""The badge and the list: own notices only, in words of the file."""

from qingyan.foundation.access.scope import entered
from qingyan.notifications.actions.reading import read_all
from qingyan.notifications.queries.inbox import MOST_COUNTED, inbox, lines, unread_count
from tests.notifications.setting import NOON, told


def test_the_badge_counts_own_unread_notices_in_one_query(cast, django_assert_num_queries):
    told(cast, cast.home.counsellor, cast.other.counsellor)
    told(cast, cast.home.counsellor)
    me = cast.actor(cast.home.counsellor, cast.home)
    with entered(me):
        with django_assert_num_queries(1):
            assert unread_count(me) == 2
        read_all(by=me, now=NOON)
        assert unread_count(me) == 0
    assert unread_count(cast.pupil_actor()) == 0


def test_a_homeroom_teacher_at_school_sees_the_own_badge(cast):
    told(cast, cast.home.homeroom_teacher)
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher):
        assert unread_count(teacher) == 1


def test_the_badge_stops_counting(cast):
    for _ in range(MOST_COUNTED + 3):
        told(cast, cast.home.counsellor)
    me = cast.actor(cast.home.counsellor)
    assert unread_count(me) == MOST_COUNTED


def test_the_list_is_the_persons_own_the_newest_first(cast):
    told(cast, cast.home.counsellor, kind="attention_now")
    told(cast, cast.home.counsellor, kind="letter", now=NOON.replace(hour=5))
    told(cast, cast.home.principal)
    shown = lines(list(inbox(cast.actor(cast.home.counsellor))))
    assert [(one.words, one.critical, one.unread) for one in shown] == [
        ("信箱里有一封新的来信", False, True),
        ("您有一条需要马上查看的事项", True, True),
    ]
    assert shown[0].school == "青石中学"
    assert not inbox(cast.pupil_actor()).exists()


def test_a_kind_that_is_gone_still_says_something(cast):
    told(cast, cast.home.counsellor)
    me = cast.actor(cast.home.counsellor)
    inbox(me).update(kind="of_long_ago")
    (line,) = lines(list(inbox(me, unread_only=True)))
    assert line.words == "您有一条消息"
