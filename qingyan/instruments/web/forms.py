"""Forms of bringing words: the file and the right to use it; then the reviewer's marks on the preview."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from qingyan.instruments.contracts import Concern
from qingyan.instruments.web.words import CONCERNS

MARK = "mark_"
CONCERN_CHOICES = [("", _("不涉及")), *CONCERNS.items()]
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

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("licence", "permission_ref"):
            self.fields[name].widget = forms.HiddenInput()
        for item, text in items:
            label = say("%(item)s：%(text)s") % {"item": item, "text": text}
            self.fields[MARK + item] = forms.ChoiceField(label=label, required=False, choices=CONCERN_CHOICES)

    @property
    def marks(self) -> list[forms.BoundField]:
        """The field of each item, in order."""
        return [self[name] for name in self.fields if name.startswith(MARK)]

    @property
    def concerns(self) -> dict[str, Concern]:
        """What was marked, by item id; the form must be valid."""
        given = {name.removeprefix(MARK): value for name, value in self.cleaned_data.items() if name.startswith(MARK)}
        return {item: Concern(value) for item, value in given.items() if value}


class CheckForm(forms.Form):
    """The second person's word on the marks of one version."""

    wording = forms.UUIDField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("我逐题读过，标记齐全、种类正确"), error_messages={"required": _("请逐题读过以后再勾选。")}
    )
