"""The jobs: at once by name, every minute, and at night; never two sweeps at a time."""

from django.core import mail

from qingyan.notifications import jobs
from tests.notifications.setting import mail_to, told


def test_the_job_plans_and_sends(cast):
    told(cast, mail_to(cast.home.counsellor), kind="attention_now")
    assert jobs.deliver(key="x", scope={}) == 1
    assert jobs.deliver_later(0) == 0
    assert len(mail.outbox) == 1


def test_sweeps_never_run_twice_at_once():
    assert jobs.deliver_later.queueing_lock == "notifications.deliver_due"
    assert jobs.tidy.queueing_lock == "notifications.tidy"
    assert jobs.deliver.name == "notifications.deliver"


def test_at_night_old_notices_go(cast):
    told(cast, cast.home.counsellor)
    assert jobs.tidy(0) == 0
