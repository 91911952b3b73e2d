"""Writes the demo city's review: every version that ships its words is approved, marked as a demo decision.

Versions whose words must be brought stay without a review, so that the desk shows both.
"""

from datetime import datetime

from qingyan.demo.cast import CITY_LEAD
from qingyan.instruments import api as instruments
from qingyan.instruments.api import reviews
from qingyan.instruments.contracts import Plan
from qingyan.organisations.models import City

NOTE = "演示数据：为了演示而写的决定，不是真的审核。"
LOWEST_GRADE = 10  # items on suicide and death are asked of senior grades only, as the demo's rounds are planned


def approve(city: City, *, now: datetime) -> None:
    """Write decisions and signatures. A transaction must be open."""
    plans = [instruments.plan(one.code, one.version) for one in instruments.released() if not one.needs_wording]
    reviews.ReviewDecision.objects.bulk_create(
        reviews.ReviewDecision(
            **_of(city, plan),
            verdict=reviews.Verdict.APPROVED.value,
            looked_at=[look.value for look in reviews.Look],
            note=NOTE,
            decided_by_id=CITY_LEAD.id,
            decided_at=now,
        )
        for plan in plans
    )
    reviews.ItemSignature.objects.bulk_create(
        reviews.ItemSignature(**_of(city, plan), item=item.id, lowest_grade=LOWEST_GRADE, note=NOTE, signed_at=now)
        for plan in plans
        for item in reviews.hazardous_items(plan.instrument)
    )


def _of(city: City, plan: Plan) -> dict[str, object]:
    return {
        "city": city,
        "instrument": plan.code,
        "instrument_version": plan.version,
        "digest": plan.digest,
        "demo": True,
    }
