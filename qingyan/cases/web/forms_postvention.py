"""Forms of the care after an incident; none has room for a pupil's name."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingyan.cases.queries.postventions import kinds, postvention_pack
from qingyan.cases.web.forms import area


def moment(label: Any) -> forms.DateTimeField:
    """A day and time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


class BeginForm(forms.Form):
    """What happened, when, who speaks."""

    kind = forms.ChoiceField(label=_("什么事情"))
    happened_at = moment(_("什么时候发生的"))
    media_owner = forms.ChoiceField(
        label=_("谁对外说话"), help_text=_("只由这一个人回应家长和媒体，其他人都请对方找这个人。")
    )

    def __init__(self, *args: Any, staff: Mapping, classes: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds().items())
        self.fields["media_owner"].choices = [(str(key), name) for key, name in staff.items()]


class RingForm(forms.Form):
    """A group of people."""

    ring = forms.ChoiceField(label=_("离得多近"))
    words = forms.CharField(label=_("哪些人"), max_length=500, widget=area(2), help_text=_("写关系和人数，不写姓名。"))
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=5000)
    carer = forms.ChoiceField(label=_("由谁照顾"))

    def __init__(self, *args: Any, staff: Mapping, classes: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ring"].choices = [(one.code, _now(one.text)) for one in postvention_pack().rings]
        self.fields["carer"].choices = [(str(key), name) for key, name in staff.items()]


class TalkForm(forms.Form):
    """A talk with a class."""

    school_class = forms.TypedChoiceField(label=_("班级"), coerce=int)
    planned_at = moment(_("时间"))
    leader = forms.ChoiceField(label=_("由谁来谈"))

    def __init__(self, *args: Any, staff: Mapping, classes: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].choices = list(classes.items())
        self.fields["leader"].choices = [(str(key), name) for key, name in staff.items()]


class DutyForm(forms.Form):
    """Who is there."""

    account = forms.ChoiceField(label=_("谁值守"))
    place = forms.CharField(label=_("在哪里"), max_length=60)
    starts_at = moment(_("从"))
    ends_at = moment(_("到"))

    def __init__(self, *args: Any, staff: Mapping, classes: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(str(key), name) for key, name in staff.items()]
