"""Forms for planning a round: they parse and explain; whether the round is fit is decided in actions/campaigns."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.screening.contracts import CampaignPlan, Chosen
from qingyan.screening.queries.campaigns import Choice, choices, unapproved

MINUTES = "%Y-%m-%dT%H:%M"
DEFAULT_NOTICE = _(
    "这次测评想了解大家最近的状态，好让学校更好地帮助同学们。\n"
    "题目没有对错，按自己的真实感受选就好。\n"
    "你的答案只有本校的心理老师能看到。班主任、其他老师、同学和家长看不到答案和分数；"
    "班主任只知道你有没有做完。\n"
    "如果你的回答让老师担心你或别人的安全，心理老师会来找你聊一聊，必要时请能帮忙的大人一起想办法。\n"
    "你可以随时停下来，也可以不做，没有人会因此批评你，也不影响成绩和评优。"
)


class MinuteInput(forms.DateTimeInput):
    """The browser's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=MINUTES)


class CampaignForm(forms.Form):
    """A round: name, what pupils are told, when."""

    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("学生也会看到，不要写“筛查”“异常”这样的词。"))
    opens_at = forms.DateTimeField(label=_("开始时间"), widget=MinuteInput(), input_formats=[MINUTES])
    closes_at = forms.DateTimeField(label=_("结束时间"), widget=MinuteInput(), input_formats=[MINUTES])
    notice = forms.CharField(
        label=_("给学生的说明"),
        max_length=3000,
        initial=DEFAULT_NOTICE,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("谁能看到、谁看不到、可以不做：学生读完并同意后才开始。"),
    )


class InstrumentForm(forms.Form):
    """One instrument: asked or not, and in which grades."""

    chosen = forms.BooleanField(required=False)
    grade_from = forms.TypedChoiceField(label=_("从"), coerce=int)
    grade_to = forms.TypedChoiceField(label=_("到"), coerce=int)

    def __init__(self, choice: Choice, data: QueryDict | None = None) -> None:
        first, last = choice.grades[0], choice.grades[-1]
        super().__init__(
            data, prefix=choice.summary.code, initial={"grade_from": first, "grade_to": last}, auto_id="id_%s"
        )
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


class PlanForms:
    """The form of a round together with one form for each instrument."""

    def __init__(
        self, data: QueryDict | None = None, *, school_id: int | None = None, city_id: int | None = None
    ) -> None:
        self.campaign = CampaignForm(data)
        offered = choices(school_id=school_id, city_id=city_id)
        self.unapproved = unapproved(school_id=school_id, city_id=city_id)
        self.instruments = [InstrumentForm(choice, data) for choice in offered]

    def is_valid(self) -> bool:
        """Whether every part could be read."""
        return all([self.campaign.is_valid(), *(form.is_valid() for form in self.instruments)])

    def plan(self) -> CampaignPlan:
        """The round as it was typed."""
        chosen = tuple(value for form in self.instruments if (value := form.value()))
        return CampaignPlan(**self.campaign.cleaned_data, instruments=chosen)
