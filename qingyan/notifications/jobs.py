"""Background work of notifications: plan what is new and send what is due. The work itself is in actions/."""

from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.notifications.actions.delivering import deliver_due
from qingyan.notifications.actions.notifying import DELIVER
from qingyan.notifications.actions.planning import plan_new
from qingyan.notifications.actions.tidying import forget_old


@app.task(name=DELIVER)
def deliver(*, key: str = "", scope: dict[str, Any] | None = None) -> int:
    """As soon as somebody is told. Safe to run twice: each notice is planned once and each delivery claimed once."""
    return run()


@app.periodic(cron="* * * * *")
@app.task(name="notifications.deliver_due", queueing_lock="notifications.deliver_due")
def deliver_later(timestamp: int) -> int:
    """Every minute: what waited for the morning, for the digest or for another try, and what a dead worker left."""
    return run()


@app.periodic(cron="20 19 * * *")
@app.task(name="notifications.tidy", queueing_lock="notifications.tidy")
def tidy(timestamp: int) -> int:
    """Once a night: notices and deliveries of long ago go."""
    return forget_old(now=timezone.now())


def run() -> int:
    """Plan and send until nothing is left."""
    while plan_new(now=timezone.now()):
        pass
    return deliver_due(now=timezone.now())
