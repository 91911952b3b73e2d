"""The hourly job goes through every school in a scope of its own."""

from datetime import timedelta
from unittest.mock import patch

from django.utils import timezone

from qingyan.cases import jobs
from tests.cases.referral_setting import sent


def test_the_job_finds_what_is_due_at_any_school(cast):
    now = timezone.now()
    sent(cast, now=now)
    assert jobs.chase(0) == 0, "the control: nothing is due today"
    with patch("qingyan.cases.jobs.timezone.now", return_value=now + timedelta(days=4)):
        assert jobs.chase(0) == 1
