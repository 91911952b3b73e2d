"""Forms of the cases' pages that every step shares: an owner, a reason, an urgency, a second reading."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.cases.contracts import CONCERN, HAND, SCREENING
from qingyan.cases.models.case import Source
from qingyan.cases.queries.lists import LISTS, TODAY, CaseFilter
from qingyan.cases.rules.pack import CasePack
from qingyan.cases.workflow import OPEN_STATES

LONGEST = 4000
SEALED_HELP = _("加密保存；不写诊断，不写与事情无关的隐私。")


def area(rows: int = 4) -> forms.Textarea:
    """A box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class OwnerForm(forms.Form):
    """Who carries the case."""

    owner = forms.TypedChoiceField(label=_("负责人"), coerce=UUID)

    def __init__(self, *args: Any, counsellors: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list(counsellors.items())


class OpenForm(OwnerForm):
    """A case by hand or from a concern."""

    kind = forms.ChoiceField(
        label=_("从哪里来"), choices=[(code, dict(Source.choices)[code]) for code in (HAND, CONCERN, SCREENING)]
    )
    urgency = forms.ChoiceField(label=_("多快要见到本人"), help_text=_("只决定时限，不是等级。等级要等研判会来定。"))
    note = forms.CharField(
        label=_("看到了什么"),
        max_length=LONGEST,
        widget=area(),
        help_text=_("写看到和听到的事实。加密保存；不写诊断。"),
    )
    field_order = ("kind", "urgency", "owner", "note")

    def __init__(self, *args: Any, pack: CasePack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urgency"].choices = [(one.code, _(one.words)) for one in pack.levels[:-1]]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=LONGEST, widget=area(), help_text=SEALED_HELP)


class HandOverForm(OwnerForm):
    """Another owner, and why; `own`: whoever hands the own case over may add the own process notes."""

    reason = forms.CharField(label=_("原因"), max_length=LONGEST, widget=area(), help_text=SEALED_HELP)
    with_notes = forms.BooleanField(
        label=_("我的过程记录一并移交"),
        required=False,
        help_text=_("只移交你自己写的过程记录，对方接手以后才看得到。不勾选就只有你自己能看。"),
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not own:
            del self.fields["with_notes"]


class SecondReadingForm(forms.Form):
    """The second person's word on a flag that was called false."""

    agrees = forms.ChoiceField(
        label=_("你的意见"),
        choices=[("yes", _("同意：这是误报，封存")), ("no", _("不同意：请再和学生了解一次"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("理由"), max_length=LONGEST, widget=area(), help_text=SEALED_HELP)


def case_filter(asked: QueryDict, pack: CasePack) -> CaseFilter:
    """The filter that the address asks for; what is not known is ignored."""
    name, level, state = asked.get("list", TODAY), asked.get("level", ""), asked.get("state", "")
    return CaseFilter(
        list=name if name in LISTS else TODAY,
        owner=_uuid(asked.get("owner", "")),
        level=level if level in {one.code for one in pack.levels} else "",
        state=state if state in OPEN_STATES else "",
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
