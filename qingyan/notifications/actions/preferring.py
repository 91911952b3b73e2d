"""A person says how to be told. The inbox cannot be turned off."""

from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.notifications.models import Preference
from qingyan.notifications.policy import READ_INBOX
from qingyan.notifications.rules.timing import Wishes


def prefer(*, wishes: Wishes, by: Actor, now: datetime) -> None:
    """Keep the wishes of `by`; they count for notices from now on."""
    require(by, READ_INBOX)
    Preference.objects.update_or_create(
        account_id=by.id,
        defaults={
            "email": wishes.email.value,
            "wecom": wishes.wecom,
            "dingtalk": wishes.dingtalk,
            "quiet_from": wishes.quiet_from,
            "quiet_until": wishes.quiet_until,
            "digest_at": wishes.digest_at,
        },
    )
    detail = {"email": wishes.email.value, "wecom": wishes.wecom, "dingtalk": wishes.dingtalk}
    record(by=by, action="notification.prefer", subject_kind="account", subject_id=by.id, now=now, detail=detail)
