"""Forms of a referral: where to and what goes along, on which basis, what the receiver answers, the printed codes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.cases.actions.answering import LONGEST, Slip
from qingyan.cases.actions.referring import Agreed, Draft
from qingyan.cases.models.referral import ReferralKind
from qingyan.cases.queries import packs
from qingyan.cases.queries.referrals import FAULTS
from qingyan.cases.rules.referral import CONSENT, STATION, Option
from qingyan.cases.web.forms import SEALED_HELP, area
from qingyan.foundation.pure.printed_codes import LONGEST_INPUT

TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
MOMENT = "%Y-%m-%dT%H:%M"


def options(found: Iterable[Option]) -> list[tuple[str, str]]:
    """The options of the file as choices."""
    return [(one.code, _(one.text)) for one in found]


class FaultsForm(forms.Form):
    """A form that can say why an action refused."""

    def with_fault(self, code: str) -> "FaultsForm":
        """The same form with the refusal in words."""
        self.add_error(None, _(FAULTS.get(code, code)))
        return self


class PrepareForm(FaultsForm):
    """A referral is prepared. Everything about the pupil is a choice: no free text leaves the school."""

    kind = forms.ChoiceField(label=gettext_lazy("转到"), choices=ReferralKind.choices, widget=forms.RadioSelect)
    recipient = forms.CharField(
        label=gettext_lazy("医院和科室"), required=False, max_length=80, help_text=gettext_lazy("转到医院时填写。")
    )
    station = forms.TypedChoiceField(label=gettext_lazy("辅导站"), required=False, coerce=int, empty_value=None)
    reasons = forms.MultipleChoiceField(label=gettext_lazy("原因（可以多选）"), widget=forms.CheckboxSelectMultiple)
    risks = forms.MultipleChoiceField(label=gettext_lazy("和风险有关的"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, stations: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guide = packs.referral()
        self.fields["station"].choices = [("", "—"), *stations.items()]
        self.fields["reasons"].choices = options(guide.reasons)
        self.fields["risks"].choices = options(guide.risks)

    @property
    def draft(self) -> Draft:
        """What was chosen."""
        given = self.cleaned_data
        station = given["station"] if given["kind"] == STATION else None
        return Draft(given["kind"], given["recipient"], given["reasons"], given["risks"], station)


class BasisForm(FaultsForm):
    """On which basis the school passes it on, and what the guardian ticked; nothing is ticked before."""

    basis = forms.ChoiceField(label=gettext_lazy("依据"), widget=forms.RadioSelect)
    contact = forms.BooleanField(label=gettext_lazy("监护人同意把联系电话告诉接诊方"), required=False)
    diagnosis = forms.BooleanField(
        label=gettext_lazy("监护人同意接诊方把诊断告诉学校"),
        required=False,
        help_text=gettext_lazy("没有勾选时，回执里没有诊断这一栏。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("法定事由的具体情况"),
        required=False,
        max_length=LONGEST,
        widget=area(3),
        help_text=SEALED_HELP,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [(one.code, f"{_(one.text)}（{one.source.text}）") for one in packs.referral().grounds]
        self.fields["basis"].choices = [(CONSENT, _("监护人已经同意（以知情同意记录为准）")), *grounds]

    @property
    def agreed(self) -> Agreed:
        """What was recorded."""
        given = self.cleaned_data
        return Agreed(given["basis"], given["contact"], given["diagnosis"], given["reason"])


class AppointForm(FaultsForm):
    """A day and an hour."""

    at = forms.DateTimeField(
        label=gettext_lazy("预约时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    )


class SlipForm(FaultsForm):
    """The slip. There is no field for a diagnosis unless the guardian agreed that the school is told one."""

    fit = forms.ChoiceField(label=gettext_lazy("能不能上学"), widget=forms.RadioSelect)
    conditions = forms.CharField(
        label=gettext_lazy("上学需要的条件"), required=False, max_length=LONGEST, widget=area(2)
    )
    advice = forms.CharField(label=gettext_lazy("给学校的建议"), required=False, max_length=LONGEST, widget=area(3))
    next_visit = forms.DateField(
        label=gettext_lazy("下次就诊"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    emergency = forms.BooleanField(label=gettext_lazy("有需要学校现在就知道的紧急情况"), required=False)
    emergency_sign = forms.CharField(
        label=gettext_lazy("出现什么情况要马上就医"), required=False, max_length=LONGEST, widget=area(2)
    )
    diagnosis = forms.CharField(
        label=gettext_lazy("诊断（监护人已同意告诉学校，可以不填）"), required=False, max_length=LONGEST
    )
    signed = forms.CharField(label=gettext_lazy("填写人和科室"), max_length=80)

    def __init__(self, *args: Any, diagnosis_agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fit"].choices = options(packs.referral().fits)
        if not diagnosis_agreed:
            del self.fields["diagnosis"]

    @property
    def slip(self) -> Slip:
        """What was written."""
        return Slip(**self.cleaned_data)


class SecretForm(forms.Form):
    """The code of the letter; a small script fills it in from the address behind the # sign."""

    code = forms.CharField(
        label=gettext_lazy("转介信上的码"),
        max_length=LONGEST_INPUT,
        help_text=gettext_lazy("16 个字母或数字，大小写都可以，横线可以不输。"),
        widget=forms.TextInput(attrs=TYPED | {"data-from-fragment": True}),
    )


class NameForm(forms.Form):
    """The code of the guardian's sheet."""

    code = forms.CharField(
        label=gettext_lazy("家长手里的姓名码"),
        max_length=LONGEST_INPUT,
        help_text=gettext_lazy("6 个字母或数字，在单独给家长的那一页上。"),
        widget=forms.TextInput(attrs=TYPED),
    )
