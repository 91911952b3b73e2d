"""A round, what a school asked the city for, and a norm made from a round."""

from datetime import datetime, timedelta

from django.utils import timezone

from qingyan.instruments.api import plan
from qingyan.instruments.api.norms import LocalNorm, LocalNormCell
from qingyan.screening.models import Campaign, CampaignInstrument, Registration
from tests.factories.city import Cast, Place

INSTRUMENT = "scl-90"


def make_city_campaign(cast: Cast) -> Campaign:
    """A round of the city, open, with SCL-90 for grades 10 to 12."""
    return make_round(title="全市秋季心理状况了解", city=cast.city)


def make_round(**fields) -> Campaign:
    """An open round with SCL-90 for grades 10 to 12."""
    now = timezone.now()
    campaign = Campaign.objects.create(
        notice="谁能看到、可以随时停下来。",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=6),
        state="open",
        **fields,
    )
    CampaignInstrument.objects.create(
        campaign=campaign, instrument=INSTRUMENT, version=plan(INSTRUMENT).version, grade_from=10, grade_to=12
    )
    return campaign


def make_registration(cast: Cast, place: Place, now: datetime) -> Registration:
    """A test that the school asked the city for, still waiting."""
    return Registration.objects.create(
        city=cast.city,
        school=place.school,
        title=f"{place.school.short_name}想做的测评",
        items=20,
        purpose="x",
        grade_from=10,
        grade_to=10,
        opens_on=timezone.localdate(now),
        closes_on=timezone.localdate(now) + timedelta(days=7),
        run_by="x",
        filed_at=now,
    )


def make_norm(cast: Cast, campaign: Campaign, now: datetime) -> LocalNorm:
    """A norm of one scale for one group."""
    norm = LocalNorm.objects.create(
        city=cast.city,
        campaign=campaign.id,
        campaign_title="x",
        instrument=INSTRUMENT,
        instrument_version=plan(INSTRUMENT).version,
        digest="x",
        group_by="grade",
        rule_version="local-norm-1",
        sheets=160,
        left_out={"doubtful": None},
        too_small=[[10, "M"]],
        computed_at=now,
    )
    figures = {"n": 160, "mean": 1.5, "sd": 0.4, "percentiles": {"50": 1.4}}
    LocalNormCell.objects.create(norm=norm, group=10, sex="F", scale="gsi", **figures)
    return norm
