"""The form that answers an errand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.cases.models.errand import Answer
from qingyan.cases.web.forms import area


class ErrandForm(forms.Form):
    """Done, or not possible and why."""

    said = forms.ChoiceField(label=_("结果"), choices=Answer.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("说明"),
        max_length=800,
        required=False,
        widget=area(3),
        help_text=_("写给心理老师看。做不到也没关系，写一句为什么、需要什么。加密保存。"),
    )

    def clean(self) -> dict[str, Any]:
        """What is not possible needs a note."""
        given = super().clean() or {}
        if given.get("said") == Answer.NOT_POSSIBLE and not given.get("note", "").strip():
            self.add_error("note", _("做不到时请写一句说明。"))
        return given
