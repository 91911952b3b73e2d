"""Rounds: who is asked what and when. No pupil's data."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.scoping import Unscoped
from qingyan.screening.purposes import CENSUS, CHOICES
from qingyan.screening.rules.order import FIXED, SHUFFLED
from qingyan.screening.workflow import CAMPAIGN


class Campaign(models.Model):
    """A screening round of the city, a district or one school."""

    ORDERS = ((FIXED, _("按原版顺序")), (SHUFFLED, _("每人顺序不同")))

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    city = models.ForeignKey("organisations.City", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    school = models.ForeignKey(
        "organisations.School", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    title = models.CharField(_("名称"), max_length=80)
    purpose = models.CharField(_("目的"), max_length=12, choices=CHOICES, default=CENSUS)
    item_order = models.CharField(_("题目顺序"), max_length=8, choices=ORDERS, default=FIXED)
    notice = models.TextField(_("告知内容"), max_length=3000)
    consent_text = models.ForeignKey("consent.ConsentText", on_delete=models.PROTECT, related_name="+", null=True)
    notice_version = models.PositiveSmallIntegerField(default=1)
    opens_at = models.DateTimeField(_("开始时间"))
    closes_at = models.DateTimeField(_("结束时间"))
    state = models.CharField(max_length=12, choices=CAMPAIGN.choices(), default=CAMPAIGN.initial)
    settled = ArrayField(models.CharField(max_length=12), default=list, blank=True)  # steps of the plan, rules/steps.py
    created_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    scope = Unscoped(
        reason="the plan of a round; holds no pupil's data",
        writes=("INSERT", "UPDATE"),
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="campaign_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=models.Q(state__in=CAMPAIGN.states()), name="campaign_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(item_order__in=("fixed", "shuffled")), name="campaign_item_order_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(city__isnull=False) ^ models.Q(school__isnull=False),
                name="campaign_of_the_city_or_of_one_school",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CampaignInstrument(models.Model):
    """One instrument of a campaign, for the grades that it is asked in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    instrument = models.CharField(_("量表"), max_length=40)
    version = models.CharField(_("版本"), max_length=20)
    grade_from = models.PositiveSmallIntegerField(_("起始年级"))
    grade_to = models.PositiveSmallIntegerField(_("截止年级"))
    position = models.PositiveSmallIntegerField(default=1)
    wording = models.ForeignKey("instruments.BroughtWording", on_delete=models.PROTECT, related_name="+", null=True)
    screen_rule = models.CharField(max_length=40, blank=True)  # blank: the instrument's default rule
    scope = Unscoped(
        reason="which instrument in which grades; holds no pupil's data",
        writes=("INSERT", "UPDATE (screen_rule)", "DELETE"),  # a draft may be edited
        narrow=("SELECT",),
        bureau=True,
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "instrument"], name="instrument_once_a_campaign"),
            models.CheckConstraint(
                condition=models.Q(grade_to__gte=models.F("grade_from"), grade_to__lte=12),
                name="campaign_instrument_grades_in_order",
            ),
        ]
