"""Forms of the alerts' pages."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.alerts.actions.bulk import MOST
from qingyan.alerts.actions.closing import Closing
from qingyan.alerts.actions.looking import PURPOSES
from qingyan.alerts.models import Level
from qingyan.alerts.queries.queue import MINE, NOBODY, WAITING, QueueFilter
from qingyan.alerts.rules.closing import Reason
from qingyan.alerts.rules.ordering import SIGN_CODES
from qingyan.alerts.workflow import ALERT, SEALED


class AcknowledgementForm(forms.Form):
    """“我来处理”."""

    note = forms.CharField(
        label=_("打算怎么做"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：今天第三节课后在辅导室见面。加密保存，只有本校心理教师能看。"),
    )


class PurposeForm(forms.Form):
    """Why raw answers are opened; kept in the trail."""

    purpose = forms.ChoiceField(
        label=_("查看原始作答的用途"),
        choices=[(code, _(words)) for code, words in PURPOSES.items()],
        widget=forms.RadioSelect,
    )


class ClosingForm(forms.Form):
    """Why an alert is closed. Which reasons need a second reader is decided in rules/closing.py."""

    reason = forms.ChoiceField(
        label=_("怎样结束"),
        choices=[
            (Reason.NO_NEED.value, _("已当面了解，目前不需要进一步帮助")),
            (Reason.FALSE.value, _("误报：封存，离开可见的档案")),
            (Reason.DUPLICATE.value, _("与另一条是同一件事")),
        ],
        widget=forms.RadioSelect,
    )
    twin = forms.TypedChoiceField(label=_("同一件事的那条"), coerce=UUID, empty_value=None, required=False)
    note = forms.CharField(
        label=_("依据"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清楚和谁谈过、看到什么。加密保存。"),
    )

    def __init__(self, others: Sequence[tuple[UUID, str]], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["twin"].choices = [("", "—"), *others]

    def closing(self) -> Closing:
        """The values, once the form is valid."""
        given = self.cleaned_data
        return Closing(Reason(given["reason"]), given["note"], given["twin"] or None)


OWNERS = [("", _("所有人")), (MINE, _("我的")), (NOBODY, _("还没有负责人"))]
STATES = [
    (WAITING, _("待确认")),
    *[(state.code, _(state.title)) for state in ALERT.state_list if state.code != SEALED],
    ("all", _("全部")),
]


def queue_filter(asked: QueryDict) -> QueueFilter:
    """The filter that the address asks for; what is not known is ignored."""
    state = asked.get("state", WAITING)
    class_id = asked.get("class", "")
    return QueueFilter(
        state="" if state == "all" else state if state in dict(STATES) else WAITING,
        level=asked.get("level", "") if asked.get("level", "") in Level.values else "",
        class_id=int(class_id) if class_id.isdecimal() and len(class_id) < 10 else None,
        owner=asked.get("owner", "") if asked.get("owner", "") in dict(OWNERS) else "",
        sign=asked.get("sign", "") if asked.get("sign", "") in SIGN_CODES else "",
    )


def account_of(sent: QueryDict, name: str = "to") -> UUID | None:
    """The account that a form names, or None for nonsense."""
    try:
        return UUID(sent.get(name, ""))
    except ValueError:
        return None


def chosen_alerts(sent: QueryDict) -> list[UUID]:
    """The alerts that were ticked, at most as many as may be done at once; nonsense is left out."""
    found = []
    for text in sent.getlist("alert")[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
