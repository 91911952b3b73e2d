"""Forms of new districts, schools and stations. What is taken or misspelled is decided in actions.py."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.organisations.contracts import NewSchool, NewStation
from qingyan.organisations.models import District, School, SchoolKind

SPELLING = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
BETWEEN = re.compile(r"[、，,;；\s]+")


class SlugField(forms.CharField):
    """The name of a place in addresses."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("网址名"),
            max_length=40,
            help_text=_("出现在网址里，例如 qingshi-zhongxue；建好以后不能改。"),
            widget=forms.TextInput(attrs=SPELLING),
            **more,
        )


class DistrictForm(forms.Form):
    """A district or county."""

    name = forms.CharField(label=_("名称"), max_length=60)
    slug = SlugField()


class SchoolForm(forms.Form):
    """A school; colour, welcome and room are then set by the school itself."""

    district = forms.ModelChoiceField(label=_("区"), queryset=District.objects.all(), empty_label=None)
    kind = forms.ChoiceField(label=_("学校类别"), choices=SchoolKind.choices)
    name = forms.CharField(label=_("校名"), max_length=80, help_text=_("全称，和名册里的学校名称一致。"))
    short_name = forms.CharField(label=_("简称"), max_length=20)
    slug = SlugField()

    def plan(self) -> NewSchool:
        """What is asked for, once the form is valid."""
        given = dict(self.cleaned_data)
        return NewSchool(district_id=given.pop("district").id, **given)


class StationForm(forms.Form):
    """A guidance station outside the schools."""

    name = forms.CharField(label=_("名称"), max_length=80)
    district = forms.ModelChoiceField(
        label=_("区"), queryset=District.objects.all(), required=False, empty_label=_("市级，面向全市")
    )
    host_school = forms.ModelChoiceField(
        label=_("设在哪所学校"), queryset=School.objects.all(), required=False, empty_label=_("不设在学校")
    )
    rooms = forms.CharField(
        label=_("功能室"), max_length=200, required=False, help_text=_("用顿号隔开，例如：个体辅导室、团体活动室。")
    )
    opening_hours = forms.CharField(label=_("开放时间"), max_length=120, required=False)
    address = forms.CharField(label=_("地址"), max_length=160, required=False)

    def plan(self) -> NewStation:
        """What is asked for, once the form is valid."""
        given = self.cleaned_data
        district, host = given["district"], given["host_school"]
        return NewStation(
            name=given["name"],
            district_id=district.id if district else None,
            host_school_id=host.id if host else None,
            rooms=tuple(room for room in BETWEEN.split(given["rooms"]) if room),
            opening_hours=given["opening_hours"],
            address=given["address"],
        )
