"""What people want, with the defaults for whoever never said anything."""

from collections.abc import Collection
from uuid import UUID

from qingyan.notifications.contracts import Mode
from qingyan.notifications.models import Preference
from qingyan.notifications.rules.timing import Wishes

DEFAULT = Wishes()


def wishes_of(accounts: Collection[UUID]) -> dict[UUID, Wishes]:
    """The wishes of each account, in one statement."""
    said = {row.account_id: _wishes(row) for row in Preference.objects.filter(account_id__in=accounts)}
    return {account: said.get(account, DEFAULT) for account in accounts}


def _wishes(row: Preference) -> Wishes:
    return Wishes(
        email=Mode(row.email),
        wecom=row.wecom,
        dingtalk=row.dingtalk,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        digest_at=row.digest_at,
    )
