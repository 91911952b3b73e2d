"""Nobody who asked for help waits unseen: readers are told again after ten minutes, and the leader once."""

from datetime import timedelta

from qingyan.concerns.actions.handling import take
from qingyan.concerns.actions.sweeping import sweep_school
from qingyan.concerns.contracts import Kind, Source, Urgency
from qingyan.concerns.models import Knock
from qingyan.foundation.access.scope import entered
from qingyan.notifications.models import Notification
from tests.concerns.setting import COUNSELLORS, NOW, new, raised, reader, stored

URGENT = {"urgency": Urgency.NOW}


def swept(cast, minutes: int) -> int:
    by = cast.platform()
    with entered(by):
        return sweep_school(by=by, now=NOW + timedelta(minutes=minutes))


def test_an_urgent_report_that_nobody_took_is_told_again_once(cast):
    raised(cast, new(Kind.HELP, Source.OTHER, **URGENT))
    Notification.objects.all().delete()
    assert swept(cast, 9) == 0
    assert swept(cast, 11) == swept(cast, 30) == 1
    told = dict(Notification.objects.values_list("account_id", "path"))
    assert set(told) == {cast.home.counsellor.id, cast.home.principal.id}
    assert told[cast.home.principal.id] == "/s/qingshi/reports/waiting/"
    assert Notification.objects.count() == 2


def test_what_was_taken_or_can_wait_is_left_alone(cast):
    raised(cast, new(Kind.LETTER))
    raised(cast, new(Kind.BULLYING, Source.SELF))
    assert swept(cast, 60) == 0
    me = reader(cast)
    with entered(me):
        take(box=COUNSELLORS, report_id=stored(cast).id, by=me, now=NOW)
    assert swept(cast, 60) == 0


def test_knocks_are_forgotten(cast):
    raised(cast)
    swept(cast, 16)
    with entered(cast.platform()):
        assert Knock.objects.count() == 0
