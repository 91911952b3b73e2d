"""The front door of notifications: tell staff something, in one of the fixed sentences. Nothing else gets out.

    notify(to=[ids of accounts], kind="attention", path="/s/<school>/alerts/<id>/", by=by, now=now, key=f"alert:{id}")

Call it in the transaction of the change it is about. The kinds are library/kinds.yaml.
"""

from qingyan.notifications.actions.notifying import notify
from qingyan.notifications.queries.inbox import unread_count
from qingyan.notifications.queries.kinds import UnknownKind, kinds, sentence
from qingyan.notifications.rules.paths import NotOpaque

__all__ = ["NotOpaque", "UnknownKind", "kinds", "notify", "sentence", "unread_count"]
