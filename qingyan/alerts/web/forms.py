"""Forms of the alerts' pages."""

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.alerts.actions.looking import PURPOSES
from qingyan.alerts.models import Level
from qingyan.alerts.queries.queue import WAITING, QueueFilter
from qingyan.alerts.workflow import ALERT


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


STATES = [(WAITING, _("待确认")), *[(state.code, _(state.title)) for state in ALERT.state_list], ("all", _("全部"))]


def queue_filter(asked: QueryDict) -> QueueFilter:
    """The filter that the address asks for; what is not known is ignored."""
    state = asked.get("state", WAITING)
    class_id = asked.get("class", "")
    return QueueFilter(
        state="" if state == "all" else state if state in dict(STATES) else WAITING,
        level=asked.get("level", "") if asked.get("level", "") in Level.values else "",
        class_id=int(class_id) if class_id.isdecimal() and len(class_id) < 10 else None,
    )


def account_of(sent: QueryDict, name: str = "to") -> UUID | None:
    """The account that a form names, or None for nonsense."""
    try:
        return UUID(sent.get(name, ""))
    except ValueError:
        return None
