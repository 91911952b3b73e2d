"""Forms of a meeting: whom to ask, what came of it, the leader's answer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.cases.actions.panels import Held, Invitation
from qingyan.cases.models import PanelMember
from qingyan.cases.queries import packs
from qingyan.cases.queries.panels import decision_words
from qingyan.cases.queries.words import fault_words
from qingyan.cases.rules.pack import CasePack
from qingyan.cases.rules.panel import ABSTAINS, AGAIN, WATCH, Seat
from qingyan.cases.web.forms import LONGEST, SEALED_HELP, area

MOST_OUTSIDE = 5


class ConveneForm(forms.Form):
    """An invitation."""

    meets_at = forms.DateTimeField(
        label=gettext_lazy("开会时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    members = forms.MultipleChoiceField(label=gettext_lazy("请谁参加"), widget=forms.CheckboxSelectMultiple)
    outside = forms.CharField(
        label=gettext_lazy("校外专家"),
        required=False,
        max_length=300,
        widget=area(2),
        help_text=gettext_lazy("一行一位：姓名和单位。"),
    )
    materials = forms.MultipleChoiceField(
        label=gettext_lazy("会上的材料"), required=False, widget=forms.CheckboxSelectMultiple
    )
    brief = forms.CharField(
        label=gettext_lazy("会上用的情况摘要"),
        max_length=LONGEST,
        widget=area(6),
        help_text=gettext_lazy(
            "在平台上只有个案负责人和校领导能看到这段话；别的到会人看不到，开会时请当面说明。只写作决定需要知道的。加密保存。"
        ),
    )

    def __init__(self, *args: Any, staff: Mapping[UUID, str], leaders: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff, self.leaders = {**leaders, **staff}, leaders
        self.fields["members"].choices = [(str(key), name) for key, name in self.staff.items()]
        self.fields["materials"].choices = [(one.code, _(one.text)) for one in packs.panel().materials]

    @property
    def invitation(self) -> Invitation:
        """What was filled in."""
        given = self.cleaned_data
        chosen = [UUID(key) for key in given["members"]]
        inside = [(key, self.staff[key], key in self.leaders) for key in chosen]
        lines = [line.strip()[:60] for line in given["outside"].splitlines() if line.strip()]
        outside = [(None, line, False) for line in dict.fromkeys(lines)][:MOST_OUTSIDE]
        return Invitation(given["meets_at"], [*inside, *outside], given["materials"], given["brief"])


class HoldForm(forms.Form):
    """Attendance, votes and signatures by member; the decision; minutes."""

    decision = forms.ChoiceField(label=gettext_lazy("结论"), widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=gettext_lazy("静默关注期间的等级"),
        required=False,
        help_text=gettext_lazy("只在结论是“转静默关注”时填写。"),
    )
    criteria = forms.MultipleChoiceField(
        label=gettext_lazy("已经满足的结案标准"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("转静默关注要全部满足。"),
    )
    minutes = forms.CharField(label=gettext_lazy("会议纪要"), max_length=LONGEST, widget=area(6), help_text=SEALED_HELP)

    def __init__(self, *args: Any, pack: CasePack, members: Sequence[PanelMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        codes = [*(one.code for one in pack.levels), WATCH, AGAIN]
        votes = [("", "—"), *((code, decision_words(pack, code)) for code in [*codes, ABSTAINS])]
        self.fields["decision"].choices = [(code, decision_words(pack, code)) for code in codes]
        self.fields["level"].choices = [("", "—"), *((one.code, _(one.words)) for one in pack.levels if one.may_watch)]
        self.fields["criteria"].choices = [(one.code, _(one.text)) for one in pack.closing]
        for one in members:
            self.fields[f"attended-{one.id}"] = _tick(_("%(name)s到会") % {"name": one.name})
            label = {"aria-label": _("%(name)s的意见") % {"name": one.name}}
            self.fields[f"vote-{one.id}"] = forms.ChoiceField(
                choices=votes, required=False, widget=forms.Select(attrs=label)
            )
            self.fields[f"signed-{one.id}"] = _tick(_("%(name)s已签名") % {"name": one.name})

    def lines(self) -> list[tuple[PanelMember, BoundField, BoundField, BoundField]]:
        """Each member with the three fields."""
        return [
            (one, self[f"attended-{one.id}"], self[f"vote-{one.id}"], self[f"signed-{one.id}"]) for one in self.members
        ]

    def with_faults(self, faults: list[str]) -> "HoldForm":
        """The same form, saying why the meeting has decided nothing yet."""
        for words in fault_words(faults):
            self.add_error(None, words)
        return self

    @property
    def held(self) -> Held:
        """What was filled in."""
        given = self.cleaned_data
        seats = {
            one.id: Seat(
                attended=given[f"attended-{one.id}"],
                vote=given[f"vote-{one.id}"],
                signed=given[f"signed-{one.id}"],
                leads=one.leads,
            )
            for one in self.members
        }
        return Held(seats, given["decision"], given["level"], given["criteria"], given["minutes"])


class AnswerForm(forms.Form):
    """The leader's word on what the panel decided."""

    agrees = forms.ChoiceField(
        label=gettext_lazy("审批意见"),
        choices=[("yes", gettext_lazy("同意")), ("no", gettext_lazy("退回，请再议"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("说明"), max_length=LONGEST, widget=area(3), required=False, help_text=SEALED_HELP
    )

    def clean(self) -> dict[str, Any]:
        """Sending back needs a reason."""
        given = super().clean() or {}
        if given.get("agrees") == "no" and not given.get("reason", "").strip():
            self.add_error("reason", _("退回时请写明原因。"))
        return given


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"aria-label": label}))
