"""The simulator's settings: they parse and explain. Nothing of it is stored; the address holds it all."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.screening.queries.capacity import PERCENT, Cut, Staff, second_stages, sharpness_of
from qingyan.screening.rules.capacity import Interval, full_posts
from qingyan.screening.rules.scenarios import Settings

MOST_CUTS, DEFAULT_MINUTES = 3, 40


class SettingsForm(forms.Form):
    """How long a talk, who talks, and what is assumed."""

    minutes = forms.IntegerField(label=_("一次面谈多少分钟"), min_value=5, max_value=180)
    full_time = forms.IntegerField(label=_("专职心理老师"), min_value=0, max_value=9999)
    part_time = forms.IntegerField(label=_("兼职心理老师"), min_value=0, max_value=9999, help_text=_("按半个人算"))
    cases = forms.FloatField(
        label=_("假定真正需要帮助的比例（%）"),
        min_value=0.1,
        max_value=60,
        required=False,
        help_text=_("请按本地了解的情况填写。填了才能用已发表的灵敏度和特异度推算。"),
    )
    share = forms.FloatField(
        label=_("或者直接假定多少人会被标出（%）"),
        min_value=0.1,
        max_value=100,
        required=False,
        help_text=_("按往年经验填写；只算人数和时间。"),
    )

    cleaned_data: dict[str, Any]

    def __init__(self, data: QueryDict | None, *, staff: Staff, **first: Any) -> None:
        first |= {"minutes": DEFAULT_MINUTES, "full_time": staff.full_time, "part_time": staff.part_time}
        super().__init__(data if data is not None and "minutes" in data else None, initial=first)
        if not self.is_bound:
            self.cleaned_data = {**dict.fromkeys(self.fields), **first}

    @property
    def usable(self) -> bool:
        """Whether there are figures to work with: the first look, or a valid form."""
        return not self.is_bound or self.is_valid()

    def settings(self, second: Cut | None) -> Settings:
        """As the rules take them. The form is usable."""
        given = self.cleaned_data
        return Settings(
            minutes=given["minutes"],
            staff=full_posts(full_time=given["full_time"], part_time=given["part_time"]),
            cases=_twice(given["cases"]),
            second=sharpness_of(second.complete[0]) if second else None,
        )

    def assumed(self) -> Interval | None:
        """The share of positives that was typed, or None."""
        return _twice(self.cleaned_data["share"])


class CapacityForm(SettingsForm):
    """The same with the cut-offs to compare and a second step."""

    cuts = forms.MultipleChoiceField(label=_("比较哪几条线"), widget=forms.CheckboxSelectMultiple)
    second = forms.ChoiceField(label=_("被标出的同学再做一份短量表"), required=False)
    field_order = ("cuts",)

    def __init__(self, data: QueryDict, *, cuts: Sequence[Cut], staff: Staff) -> None:
        super().__init__(data, staff=staff, cuts=[cut.key for cut in cuts[:MOST_CUTS]])
        own = {cut.instrument for cut in cuts}  # a second look by the first questionnaire is none
        self.known = cuts
        self.seconds = [cut for cut in second_stages() if cut.instrument not in own]
        self.fields["cuts"].choices = [(cut.key, cut.label) for cut in cuts]
        self.fields["second"].choices = [("", _("不加第二步")), *((cut.key, cut.label) for cut in self.seconds)]

    def clean_cuts(self) -> list[str]:
        """At most three, so that they fit side by side."""
        chosen = self.cleaned_data["cuts"]
        if len(chosen) > MOST_CUTS:
            raise forms.ValidationError(_("一次最多比较 3 条线。"))
        return chosen

    def chosen(self) -> list[Cut]:
        """The cut-offs to compare, in the list's order. The form is usable."""
        return [cut for cut in self.known if cut.key in self.cleaned_data["cuts"]]

    def second_cut(self) -> Cut | None:
        """The rule of the second step, or None. The form is usable."""
        return next((cut for cut in self.seconds if cut.key == self.cleaned_data["second"]), None)


def _twice(percent: float | None) -> Interval | None:
    return None if percent is None else Interval(percent / PERCENT, percent / PERCENT)
