"""Shortcuts to the city's officer, a signed pack, and a trial that is so far. Not a test."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from qingyan.early_warning.actions.signing import sign_points
from qingyan.early_warning.actions.switching import Wish, switch
from qingyan.early_warning.models import GroupsRead, ModelNight, PackSignature, PhaseStep
from qingyan.early_warning.queries import phases, point_packs
from qingyan.early_warning.workflow import OFF, ON, SHADOW
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import PLATFORM_CHAIN
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.models import Account
from tests.factories.city import EVERYTHING, Cast


def officer(cast: Cast) -> Actor:
    """The city's officer, outside any school."""
    return cast.actor(cast.city_officer)


def signed(cast: Cast, by: Actor | None = None, digest: str | None = None) -> PackSignature:
    """The officer signs the pack in force."""
    who = by or officer(cast)
    with entered(who):
        given = digest or point_packs.current(cast.city.id).digest
        return sign_points(city_id=cast.city.id, digest=given, note="可以试用", by=who, now=timezone.now())


def stepped(cast: Cast, verb: str, *, by: Actor | None = None, now: datetime | None = None, **wish: Any) -> PhaseStep:
    """Somebody (else the officer) takes a step."""
    who = by or officer(cast)
    with entered(who):
        return switch(city_id=cast.city.id, wish=Wish(verb, **wish), by=who, now=now or timezone.now())


def put(cast: Cast, target: str, model: int, *, now: datetime | None = None) -> PhaseStep:
    """The step stands in the table, whatever it would have needed."""
    before = phases.newest(cast.city.id)
    verb = {SHADOW: "start_shadow", ON: "switch_on"}[target]
    given = {"origin": before.target if before else OFF, "target": target, "model": model}
    return PhaseStep.objects.create(
        city=cast.city, number=before.number + 1 if before else 1, verb=verb, at=now or timezone.now(), **given
    )


def switched_on(cast: Cast, model: int, *, now: datetime | None = None) -> PhaseStep:
    """The model orders."""
    return put(cast, ON, model, now=now)


def in_shadow(cast: Cast, model: int, *, now: datetime | None = None) -> PhaseStep:
    """The model is tried."""
    return put(cast, SHADOW, model, now=now)


def nights(cast: Cast, step: PhaseStep, figures: dict[str, Any], *, many: int, last: datetime) -> None:
    """So many nights of the trial, up to the last one, have found these figures."""
    ModelNight.objects.bulk_create(
        ModelNight(
            city=cast.city,
            step=step.number,
            night=timezone.localdate(last - timedelta(days=back)),
            at=last - timedelta(days=back),
            figures=figures,
            watch={"verdict": "steady", "signs": {}, "outcome": None, "auc": None},
        )
        for back in range(many)
    )


def looked(cast: Cast, step: PhaseStep, at: datetime, *, who: Account | None = None) -> GroupsRead:
    """Somebody (else the officer) has looked at the groups."""
    reader = who or cast.city_officer
    return GroupsRead.objects.create(city=cast.city, step=step.number, read_by=reader, read_at=at)


def trail(action: str) -> list[AuditEntry]:
    """What the city's own trail says about such deeds, the oldest first."""
    here = system_actor(school_id=str(PLATFORM_CHAIN), sight=EVERYTHING, purpose="test")  # 0 would read as "nowhere"
    with entered(here):
        return list(AuditEntry.objects.filter(action=action).order_by("id"))
