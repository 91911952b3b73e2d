"""Forms for the slots of a school: they parse; what is fit is decided in actions/slots."""

from collections.abc import Sequence
from datetime import datetime, time

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.organisations.api import SchoolClass
from qingyan.screening.actions.slots import NewSlot, Wish
from qingyan.screening.models import Slot
from qingyan.screening.web.forms import MINUTES, MinuteInput


class SlotForm(forms.Form):
    """One slot: when, where, which classes."""

    starts_at = forms.DateTimeField(label=_("开始时间"), widget=MinuteInput(), input_formats=[MINUTES])
    ends_at = forms.DateTimeField(label=_("结束时间"), widget=MinuteInput(), input_formats=[MINUTES])
    kind = forms.ChoiceField(label=_("类型"), choices=Slot.KINDS)
    room = forms.CharField(label=_("地点"), max_length=40, required=False)
    classes = forms.TypedMultipleChoiceField(
        label=_("班级"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple, help_text=_("不选就是全校。")
    )

    def __init__(self, classes: Sequence[SchoolClass], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["classes"].choices = [(one.id, str(one)) for one in classes]

    def value(self) -> NewSlot:
        """As it was filled in. The form is valid."""
        return NewSlot(**{**self.cleaned_data, "classes": tuple(self.cleaned_data["classes"])})


class WishForm(forms.Form):
    """What a proposal is made from."""

    starts = forms.CharField(
        label=_("每天哪几节课可以用"), initial="08:00 08:55 10:00 14:00 14:55", help_text=_("写上课时间，用空格隔开。")
    )
    minutes = forms.IntegerField(label=_("一节课多少分钟"), min_value=10, max_value=180, initial=40)
    devices = forms.IntegerField(label=_("机房有多少台电脑"), min_value=1, max_value=2000, initial=50)
    room = forms.CharField(label=_("地点"), max_length=40, required=False)

    def clean_starts(self) -> tuple[time, ...]:
        """Times of the day such as 08:00."""
        words = self.cleaned_data["starts"].replace("，", " ").replace("、", " ").replace("：", ":").split()
        try:
            return tuple(sorted({datetime.strptime(word, "%H:%M").time() for word in words}))  # noqa: DTZ007 - no date
        except ValueError as fault:
            raise forms.ValidationError(_("上课时间要写成 08:00 这样，用空格隔开。")) from fault

    def wish(self) -> Wish:
        """As it was filled in. The form is valid."""
        return Wish(**self.cleaned_data)
