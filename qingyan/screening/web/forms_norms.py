"""The form that has norms computed."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class NormForm(forms.Form):
    """Which instrument, and by what its groups are made. One way only: the other one would show small groups."""

    instrument = forms.ChoiceField(label=_("量表"))
    group_by = forms.ChoiceField(
        label=_("分组"),
        choices=(("grade", _("按年级和性别")), ("age", _("按年龄和性别"))),
        initial="grade",
        widget=forms.RadioSelect,
        help_text=_("一份量表只能选一种分组，算好以后不能再算另一种。"),
    )

    def __init__(self, waiting: Sequence[tuple[str, str]], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["instrument"].choices = waiting
        self.waiting = bool(waiting)
