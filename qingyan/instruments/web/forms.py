"""Forms of bringing words: the file and the right to use it; then the reviewer's marks on the preview."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 2 * 1024 * 1024


class RightForm(forms.Form):
    """By which right these words are used here. Kept with the words."""

    licence = forms.CharField(
        label=_("授权说明"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("谁授权、准许用在哪里、用到什么时候。"),
    )
    permission_ref = forms.CharField(
        label=_("授权编号"), max_length=120, help_text=_("合同号、授权书编号或来信日期，以后可以查到。")
    )


class FileForm(RightForm):
    """The right, and the workbook."""

    field_order = ("file", "licence", "permission_ref")
    file = forms.FileField(
        label=_("题文文件"),
        help_text=_("填好的模板，或 XLSForm（.xlsx），最大 2 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("还没有选择文件。")},
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too big before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件太大，最多 2 MB。题文都是文字，请去掉图片。"))
        return file


class PreviewForm(RightForm):
    """What was read comes back sealed, so that exactly what was shown is kept; marks are the reviewer's."""

    sealed = forms.CharField(widget=forms.HiddenInput)
    read_all = forms.BooleanField(
        label=_("我逐题读过，涉及自杀、自伤的题都已标出"),
        error_messages={"required": _("请逐题读过以后再勾选。")},
    )
    marks = forms.MultipleChoiceField(
        label=_("涉及自杀或自伤的题"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("词表只能找到直白的说法，找不到委婉的说法，请以您读到的为准。"),
    )

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("licence", "permission_ref"):
            self.fields[name].widget = forms.HiddenInput()
        self.fields["marks"].choices = [
            (item, say("%(item)s：%(text)s") % {"item": item, "text": text}) for item, text in items
        ]
