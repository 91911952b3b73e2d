"""Old notices go, young ones stay, and what was left lying while sending is called failed."""

from datetime import timedelta

from qingyan.notifications.actions.planning import plan_new
from qingyan.notifications.actions.tidying import forget_old
from qingyan.notifications.models import Delivery, Notification
from tests.notifications.setting import NOON, mail_to, told

LATER = NOON + timedelta(days=91)


def test_read_notices_go_after_a_while_and_unread_ones_stay_longer(cast):
    told(cast, mail_to(cast.home.counsellor), cast.home.principal)
    plan_new(now=NOON)
    Notification.objects.filter(account=cast.home.counsellor).update(read_at=NOON)
    forget_old(now=LATER)
    assert [one.account_id for one in Notification.objects.all()] == [cast.home.principal.id]
    assert Delivery.objects.count() == 0
    forget_old(now=NOON + timedelta(days=367))
    assert Notification.objects.count() == 0


def test_what_was_left_lying_is_called_failed(cast):
    told(cast, mail_to(cast.home.counsellor))
    plan_new(now=NOON)
    Delivery.objects.update(state="sending", claimed_at=NOON)
    forget_old(now=NOON + timedelta(hours=4))
    assert Delivery.objects.get().problem == "gave_up"
