"""The form that changes a draft: everything but its instruments, whose versions froze with the plan."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.consent.contracts import Text
from qingyan.screening.actions.drafts import FIELDS, Revision
from qingyan.screening.models import Campaign
from qingyan.screening.purposes import CHOICES
from qingyan.screening.web.forms import CampaignForm


class DraftForm(CampaignForm):
    """A draft: name, days, notice; what it is for, in which order items stand, which consent it rests on."""

    purpose = forms.ChoiceField(label=_("目的"), choices=CHOICES)
    item_order = forms.ChoiceField(
        label=_("题目顺序"), choices=Campaign.ORDERS, help_text=_("每人顺序不同，可以减少互相参照；答案仍按原题保存。")
    )
    consent_text_id = forms.TypedChoiceField(
        label=_("知情同意书"), coerce=UUID, empty_value=None, required=False, help_text=_("不选就用本地现行的一份。")
    )

    def __init__(self, campaign: Campaign, texts: Sequence[Text], data: QueryDict | None = None) -> None:
        given = {name: getattr(campaign, name) for name in FIELDS}
        given |= {name: timezone.localtime(given[name]) for name in ("opens_at", "closes_at")}
        super().__init__(data, initial=given)
        versions = [(str(one.id), f"{one.title} · {one.version}") for one in texts]
        self.fields["consent_text_id"].choices = [("", _("本地现行的一份")), *versions]

    def revision(self) -> Revision:
        """As it was filled in. The form is valid."""
        return Revision(**self.cleaned_data)
