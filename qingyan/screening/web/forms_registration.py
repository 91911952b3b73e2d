"""Forms of registering a test: the request of a school, the answer of the city."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.instruments import api as instruments
from qingyan.organisations.api import grade_name
from qingyan.screening.actions.registering import Request
from qingyan.screening.models import Registration


def _instruments() -> list[tuple[str, Any]]:
    listed = [one for one in instruments.released() if one.latest and one.informant == "self"]
    return [("", _("不在量表库里")), *((one.code, f"{one.title_zh} {one.version}") for one in listed)]


def _grades() -> list[tuple[int, str]]:
    return [(grade, grade_name(grade)) for grade in range(1, 13)]


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RequestForm(forms.Form):
    """What the school wants to run."""

    instrument = forms.ChoiceField(label=_("量表"), choices=_instruments, required=False)
    title = forms.CharField(
        label=_("测评名称"), max_length=80, required=False, help_text=_("不在量表库里的，请写名称和题数。")
    )
    items = forms.IntegerField(label=_("题数"), min_value=0, max_value=1000, required=False)
    purpose = forms.CharField(label=_("用途"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    grade_from = forms.TypedChoiceField(label=_("起始年级"), coerce=int, choices=_grades)
    grade_to = forms.TypedChoiceField(label=_("截止年级"), coerce=int, choices=_grades)
    opens_on = forms.DateField(label=_("开始日期"), widget=DateInput())
    closes_on = forms.DateField(label=_("结束日期"), widget=DateInput())
    run_by = forms.CharField(label=_("由谁组织"), max_length=80, help_text=_("部门和负责人，例如“德育处 何老师”。"))

    def request(self) -> Request:
        """As it was filled in. The form is valid."""
        given = dict(self.cleaned_data)
        given.pop("note", None)
        return Request(**given | {"items": given["items"] or 0})


class AgainForm(RequestForm):
    """The request once more, with an answer to what the city asked."""

    note = forms.CharField(
        label=_("给市里的说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, row: Registration, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(row, name) for name in RequestForm.base_fields})


class AnswerForm(forms.Form):
    """The city's answer."""

    VERBS = (("approve", _("批准")), ("ask_back", _("请学校补充")), ("refuse", _("不批准")))

    verb = forms.ChoiceField(label=_("答复"), choices=VERBS, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("请学校补充或不批准的，必须写明原因。"),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal and a question say why."""
        given = super().clean() or {}
        if given.get("verb") in ("ask_back", "refuse") and not given.get("note", "").strip():
            self.add_error("note", _("请写明原因。"))
        return given
