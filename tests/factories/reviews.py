"""The city's approval of every released instrument, as a demo decision, so that tests can plan rounds with them."""

from django.utils import timezone

from qingyan.instruments import api as instruments
from qingyan.instruments.api import reviews
from qingyan.organisations.models import City


def approve_library(city: City, *, lowest_grade: int = 1) -> None:
    """Each version for all grades, each sensitive item signed from `lowest_grade` on."""
    now, plans = timezone.now(), [instruments.plan(one.code, one.version) for one in instruments.released()]
    reviews.ReviewDecision.objects.bulk_create(
        reviews.ReviewDecision(**_of(city, plan), verdict="approved", note="x", decided_at=now) for plan in plans
    )
    reviews.ItemSignature.objects.bulk_create(
        reviews.ItemSignature(**_of(city, plan), item=item.id, lowest_grade=lowest_grade, signed_at=now)
        for plan in plans
        for item in reviews.hazardous_items(plan.instrument)
    )


def _of(city: City, plan) -> dict[str, object]:
    return {
        "city": city,
        "instrument": plan.code,
        "instrument_version": plan.version,
        "digest": plan.digest,
        "demo": True,
    }
