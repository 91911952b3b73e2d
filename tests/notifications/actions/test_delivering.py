"""From a notice to the outside: who gets it which way and when, once each, and never a word about a pupil."""

import logging
from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import connection

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.notifications.actions import delivering, egress
from qingyan.notifications.actions.delivering import deliver_due
from qingyan.notifications.actions.planning import plan_new
from qingyan.notifications.actions.preferring import prefer
from qingyan.notifications.actions.reading import read_all
from qingyan.notifications.contracts import Mode
from qingyan.notifications.models import Delivery, DeliveryState, Notification
from qingyan.notifications.rules.timing import MOST_ATTEMPTS, Wishes
from tests.notifications.setting import NIGHT, NOON, group_chat, mail_to, told

CANARY = "金丝雀桐"


@pytest.fixture
def chat(settings):
    settings.QINGYAN_WEBHOOK_LOOPBACK = True
    with group_chat() as opened:
        yield opened


def sent(now=NOON) -> int:
    plan_new(now=now)
    return deliver_due(now=now)


def wants(cast, account, **wishes) -> None:
    me = cast.actor(account)
    with entered(me):
        prefer(wishes=Wishes(**wishes), by=me, now=NOON)


def states() -> list[str]:
    return list(Delivery.objects.order_by("due_at", "id").values_list("state", flat=True))


def test_a_notice_becomes_a_mail_with_an_opaque_address(cast):
    told(cast, mail_to(cast.home.counsellor), kind="attention_now")
    assert sent() == 1
    (letter,) = mail.outbox
    notice = Notification.objects.get()
    assert letter.to == ["lin@example.org"]
    assert letter.subject == "【青檐】您有一条需要马上查看的事项"
    assert f"/n/{notice.id}/" in letter.body
    assert "alerts" not in letter.body + letter.subject
    assert states() == ["sent"]


def test_nothing_goes_out_twice(cast):
    told(cast, mail_to(cast.home.counsellor))
    assert [sent(), sent(), sent(NOON + timedelta(hours=1))] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_somebody_without_an_address_has_the_inbox_only(cast):
    told(cast, cast.home.counsellor)
    assert sent() == 0
    assert Notification.objects.get().planned_at == NOON


def test_quiet_hours_hold_back_what_is_not_critical(cast):
    mail_to(cast.home.counsellor)
    told(cast, cast.home.counsellor, kind="attention", now=NIGHT)
    assert sent(NIGHT) == 0
    told(cast, cast.home.counsellor, kind="attention_now", now=NIGHT)
    assert sent(NIGHT) == 1
    assert mail.outbox[0].subject.endswith("马上查看的事项")
    assert sent(NIGHT + timedelta(hours=8)) == 1


def test_a_digest_is_one_mail_a_day_and_says_how_many(cast):
    wants(cast, mail_to(cast.home.counsellor), email=Mode.DIGEST, digest_at=time(17, 30))
    for _ in range(3):
        told(cast, cast.home.counsellor)
    told(cast, cast.home.counsellor, kind="handed_over")
    assert sent() == 1
    assert mail.outbox[0].subject == "【青檐】有一条事项转到您这里，请尽快查看"
    assert sent(NOON + timedelta(hours=6)) == 1
    assert "3 条" in mail.outbox[1].subject
    assert states() == ["sent"] * 4


def test_what_was_read_is_in_no_digest(cast):
    wants(cast, mail_to(cast.home.counsellor), email=Mode.DIGEST)
    told(cast, cast.home.counsellor)
    plan_new(now=NOON)
    me = cast.actor(cast.home.counsellor)
    with entered(me):
        read_all(by=me, now=NOON)
    assert sent(NOON + timedelta(days=1)) == 0
    assert states() == ["dropped"]


def test_mail_that_is_not_wanted_is_not_sent(cast):
    wants(cast, mail_to(cast.home.counsellor), email=Mode.OFF)
    told(cast, cast.home.counsellor, kind="attention_now")
    assert sent() == 0


def test_a_mail_server_that_refuses_is_asked_again_and_then_the_log_says_so(cast, monkeypatch):
    told(cast, mail_to(cast.home.counsellor), kind="attention_now")
    monkeypatch.setattr(egress.EmailMessage, "send", lambda self: (_ for _ in ()).throw(ConnectionRefusedError()))
    now = NOON
    for _ in range(MOST_ATTEMPTS):
        assert sent(now) == 1
        now += timedelta(hours=1)
    one = Delivery.objects.get()
    assert (one.state, one.problem, one.attempts) == ("failed", "mail_ConnectionRefusedError", MOST_ATTEMPTS)
    assert sent(now) == 0


def test_a_robot_speaks_once_for_all_its_people_and_signs(cast, chat):
    chat.robot(cast.home)
    told(cast, cast.home.counsellor, cast.home.principal, kind="attention_now")
    assert sent() == 1
    ((path, said),) = chat.heard
    assert path.startswith("/robot/send?access_token=token-of-the-robot&timestamp=")
    assert "&sign=" in path
    assert said["text"]["content"].startswith("【青檐】您有一条需要马上查看的事项。")


def test_a_robot_of_another_school_hears_nothing(cast, chat):
    chat.robot(cast.other)
    told(cast, cast.home.counsellor)
    assert sent() == 0
    assert chat.heard == []


def test_a_robot_is_silent_when_none_of_its_people_wants_it(cast, chat):
    chat.robot(cast.home, "wecom", secret=None)
    wants(cast, cast.home.counsellor, wecom=False)
    told(cast, cast.home.counsellor)
    assert sent() == 0
    told(cast, cast.home.counsellor, cast.home.principal)
    assert sent() == 1
    assert chat.heard[0][0] == "/cgi-bin/webhook/send?key=key-of-the-robot"


def test_a_busy_provider_is_asked_again_without_saying_it_twice(cast, chat):
    chat.robot(cast.home)
    chat.answers = [45009, 500, 0]
    told(cast, cast.home.counsellor, kind="attention_now")
    problems = []
    for minutes in (0, 1, 5, 30):
        sent(NOON + timedelta(minutes=minutes))
        problems.append(Delivery.objects.get().problem)
    assert problems == ["too_many", "http_500", "", ""]
    assert len(chat.heard) == 3
    assert states() == ["sent"]


def test_a_redirect_is_not_followed(cast, chat):
    chat.robot(cast.home)
    chat.answers = [302]
    told(cast, cast.home.counsellor, kind="attention_now")
    sent()
    assert Delivery.objects.get().problem == "http_302"
    assert len(chat.heard) == 1


def test_an_address_that_is_not_allowed_any_more_is_not_asked(cast, chat, settings):
    chat.robot(cast.home)
    settings.QINGYAN_WEBHOOK_LOOPBACK = False
    told(cast, cast.home.counsellor, kind="attention_now")
    sent()
    assert Delivery.objects.get().problem == "address_scheme"
    assert chat.heard == []


def test_a_worker_that_died_while_sending_is_followed_by_another(cast, monkeypatch):
    told(cast, mail_to(cast.home.counsellor), kind="attention_now")
    plan_new(now=NOON)
    with monkeypatch.context() as dying:
        dying.setattr(delivering, "_send", lambda claimed, now: (_ for _ in ()).throw(SystemExit()))
        with pytest.raises(SystemExit):
            deliver_due(now=NOON)
    assert states() == ["sending"]
    assert sent(NOON + timedelta(minutes=1)) == 0
    assert sent(NOON + timedelta(minutes=3)) == 1
    assert len(mail.outbox) == 1


def test_planning_twice_plans_once(cast):
    told(cast, mail_to(cast.home.counsellor), mail_to(cast.home.principal, "song@example.org"))
    assert plan_new(now=NOON) == 2
    Notification.objects.update(planned_at=None)
    plan_new(now=NOON)
    assert Delivery.objects.count() == 2


def test_a_canary_in_a_pupil_s_name_is_in_nothing_that_leaves_the_house(cast, chat, caplog):
    """The pupil's name is the canary; mail, group chat, addresses, logs, jobs, trail and deliveries are searched."""
    caplog.set_level(logging.DEBUG)
    with entered(cast.platform()):
        cast.home.pupil.name = CANARY
        cast.home.pupil.save()
    chat.robot(cast.home)
    chat.robot(cast.home, "wecom")
    chat.answers = [310000]
    told(cast, mail_to(cast.home.counsellor), mail_to(cast.home.principal, "s@example.org"), kind="attention_now")
    assert sent() == 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        jobs = [args for (args,) in cursor.fetchall()]
    with entered(cast.platform()):
        trail = [str(one) for one in AuditEntry.objects.values()]
    letters = [str(one.message()) + one.body + one.subject for one in mail.outbox]
    rows = [str(one) for model in (Notification, Delivery) for one in model.objects.values()]
    everything = "\n".join([*letters, repr(chat.heard), caplog.text, *jobs, *trail, *rows])
    assert len(mail.outbox) == len(chat.heard) == 2
    assert CANARY not in everything
    for word in ("陈雨桐", "red", "because", "qingshi", str(cast.home.pupil.id)):
        assert word not in repr(chat.heard) + "".join(letters), word
    assert "secret words of the provider" not in everything
    assert "token-of-the-robot" not in caplog.text + "".join(rows + jobs + trail)


def test_the_control_a_canary_would_be_found(cast, chat):
    """If a sentence could carry a name, the search above would see it."""
    chat.robot(cast.home)
    told(cast, cast.home.counsellor, kind="attention_now")
    plan_new(now=NOON)
    Delivery.objects.update(state=DeliveryState.WAITING)
    egress.post(
        provider=delivering.Provider.DINGTALK,
        url=f"http://127.0.0.1:{chat.port}/robot/send?access_token=x",
        secret="",
        text=CANARY,
        now=NOON,
    )
    assert CANARY in repr(chat.heard)
