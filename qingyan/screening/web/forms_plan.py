"""The forms of planning a round, one for each step: they parse; what is fit is decided in actions/drafts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from qingyan.consent.contracts import Text
from qingyan.screening.actions.drafts import Asking, Days, Named, Words
from qingyan.screening.contracts import Chosen
from qingyan.screening.models import Campaign, CampaignInstrument
from qingyan.screening.purposes import CENSUS, PURPOSES
from qingyan.screening.queries.campaigns import Choice
from qingyan.screening.queries.templates import Sources
from qingyan.screening.web.forms import MINUTES, MinuteInput


class PurposeForm(forms.Form):
    """Step 1: what the round is called, and for."""

    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("学生也会看到，不要写“筛查”“异常”这样的词。"))
    purpose = forms.ChoiceField(
        label=_("目的"),
        choices=[(one.code, format_lazy("{}：{}", one.name, one.note)) for one in PURPOSES],
        widget=forms.RadioSelect,
    )

    def __init__(self, campaign: Campaign | None = None, data: QueryDict | None = None) -> None:
        given = {"title": campaign.title, "purpose": campaign.purpose} if campaign else {"purpose": CENSUS}
        super().__init__(data, initial=given)

    def value(self) -> Named:
        """As it was filled in. The form is valid."""
        return Named(**self.cleaned_data)


class BeginForm(PurposeForm):
    """The first step of a new round: also by whose plan it begins."""

    source = forms.TypedChoiceField(
        label=_("从哪里开始"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("沿用量表、年级、说明和第二阶段；日期和筛查线要重新核对。"),
    )

    def __init__(self, offered: Sources, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        self.offered = offered
        self.fields["source"].choices = [
            ("", _("空白")),
            (_("模板"), [(str(one.id), one.title) for one in offered.templates]),
            (_("以前的活动"), [(str(one.id), f"{one.title} · {one.opens_at:%Y-%m}") for one in offered.earlier]),
        ]

    def source_round(self) -> Campaign | None:
        """The round to follow, or None. The form is valid."""
        return self.offered.find(self.cleaned_data["source"])

    def value(self) -> Named:
        """As it was filled in. The form is valid."""
        return Named(self.cleaned_data["title"], self.cleaned_data["purpose"])


class OrderForm(forms.Form):
    """In which order the items stand."""

    item_order = forms.ChoiceField(
        label=_("题目顺序"), choices=Campaign.ORDERS, help_text=_("每人顺序不同，可以减少互相参照；答案仍按原题保存。")
    )


class InstrumentForm(forms.Form):
    """One instrument: asked or not, and in which grades."""

    chosen = forms.BooleanField(required=False)
    grade_from = forms.TypedChoiceField(label=_("从"), coerce=int)
    grade_to = forms.TypedChoiceField(label=_("到"), coerce=int)

    def __init__(self, choice: Choice, asked: CampaignInstrument | None, data: QueryDict | None = None) -> None:
        first, last = (asked.grade_from, asked.grade_to) if asked else (choice.grades[0], choice.grades[-1])
        given = {"chosen": asked is not None, "grade_from": first, "grade_to": last}
        super().__init__(data, prefix=choice.summary.code, initial=given, auto_id="id_%s")
        self.choice = choice
        self.fields["chosen"].label = choice.summary.title_zh
        for name in ("grade_from", "grade_to"):
            self.fields[name].choices = choice.grade_choices

    def value(self) -> Chosen | None:
        """What was chosen, or None. The form is valid."""
        if not self.cleaned_data["chosen"]:
            return None
        one = self.choice.summary
        return Chosen(one.code, one.version, self.cleaned_data["grade_from"], self.cleaned_data["grade_to"])


class AskingForms:
    """Step 2: the order of items together with one form for each instrument; what was chosen stands first."""

    def __init__(
        self,
        campaign: Campaign,
        offered: Sequence[Choice],
        asked: Sequence[CampaignInstrument],
        data: QueryDict | None = None,
    ) -> None:
        rows = {one.instrument: one for one in asked}
        self.order = OrderForm(data, initial={"item_order": campaign.item_order})
        self.instruments = [InstrumentForm(choice, rows.get(choice.summary.code), data) for choice in offered]
        self.instruments.sort(key=lambda form: form.choice.summary.code not in rows)

    def is_valid(self) -> bool:
        """Whether every part could be read."""
        wrong = [form.choice.summary.title_zh for form in self.instruments if not form.is_valid()]
        if wrong:
            self.order.add_error(None, _("《%(title)s》：请重新选年级。") % {"title": "》《".join(wrong)})
        return self.order.is_valid() and not wrong

    def add_error(self, field: str | None, faults: list[str]) -> None:
        """What the action refused, shown above all parts."""
        self.order.add_error(field, faults)

    def value(self) -> Asking:
        """As it was filled in. The forms are valid."""
        chosen = tuple(value for form in self.instruments if (value := form.value()))
        return Asking(chosen, self.order.cleaned_data["item_order"])


class DaysForm(forms.Form):
    """Step 3: when it opens and closes."""

    opens_at = forms.DateTimeField(label=_("开始时间"), widget=MinuteInput(), input_formats=[MINUTES])
    closes_at = forms.DateTimeField(label=_("结束时间"), widget=MinuteInput(), input_formats=[MINUTES])

    def __init__(self, campaign: Campaign, data: QueryDict | None = None) -> None:
        given = {name: timezone.localtime(getattr(campaign, name)) for name in ("opens_at", "closes_at")}
        super().__init__(data, initial=given)

    def value(self) -> Days:
        """As it was filled in. The form is valid."""
        return Days(**self.cleaned_data)


class WordsForm(forms.Form):
    """Step 4: what pupils read before they begin, and which consent the round rests on."""

    consent_text_id = forms.TypedChoiceField(
        label=_("知情同意书"), coerce=UUID, empty_value=None, required=False, help_text=_("不选就用本地现行的一份。")
    )
    notice = forms.CharField(
        label=_("给学生的说明"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("谁能看到、谁看不到、可以不做：学生读完并同意后才开始。"),
    )

    cleaned_data: dict[str, Any]

    def __init__(self, campaign: Campaign, texts: Sequence[Text], data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"notice": campaign.notice, "consent_text_id": campaign.consent_text_id})
        versions = [(str(one.id), f"{one.title} · {one.version}") for one in texts]
        self.fields["consent_text_id"].choices = [("", _("本地现行的一份")), *versions]

    def value(self) -> Words:
        """As it was filled in. The form is valid."""
        return Words(**self.cleaned_data)
