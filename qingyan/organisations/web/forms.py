"""Forms of the places' pages: they parse and explain; whether a change is allowed is decided in actions.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.organisations.contracts import SchoolPage
from qingyan.organisations.models import SchoolYear


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SchoolPageForm(forms.Form):
    """What a school decides about its own pages."""

    short_name = forms.CharField(label=_("简称"), max_length=20, help_text=_("出现在页眉，例如“青石中学”。"))
    accent = forms.RegexField(
        label=_("主题色"),
        regex=r"^#[0-9a-fA-F]{6}$",
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("页眉的线条和本校主页的按钮用这个颜色；白字压在上面要看得清。"),
    )
    welcome = forms.CharField(
        label=_("欢迎语"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写给学生看，平和、温暖，不提测评和疾病。"),
    )
    counselling_room = forms.CharField(
        label=_("心理辅导室"), max_length=120, required=False, help_text=_("在哪里、什么时候开门。")
    )

    def page(self) -> SchoolPage:
        """The values, once the form is valid."""
        return SchoolPage(**{**self.cleaned_data, "accent": self.cleaned_data["accent"].lower()})


class SchoolYearForm(forms.Form):
    """A new school year; its name follows from its first day."""

    starts_on = forms.DateField(label=_("第一天"), widget=DateInput())
    ends_on = forms.DateField(label=_("最后一天"), widget=DateInput())


class TermForm(forms.Form):
    """A new term of a school year."""

    school_year = forms.ModelChoiceField(label=_("学年"), queryset=SchoolYear.objects.all(), empty_label=None)
    ordinal = forms.TypedChoiceField(label=_("学期"), coerce=int, choices=[(1, _("第一学期")), (2, _("第二学期"))])
    starts_on = forms.DateField(label=_("第一天"), widget=DateInput())
    ends_on = forms.DateField(label=_("最后一天"), widget=DateInput())


class SpecialDayForm(forms.Form):
    """A day that is not as its weekday says."""

    day = forms.DateField(label=_("日期"), widget=DateInput())
    works = forms.TypedChoiceField(
        label=_("这一天"),
        coerce=lambda value: value == "yes",
        choices=[("no", _("放假")), ("yes", _("上课（调休）"))],
    )
    title = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如“元旦”。"))
