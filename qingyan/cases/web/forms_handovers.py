"""Forms of handing cases over: offering one or all, accepting or declining those that are ticked."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.offering import MOST, Offer
from qingyan.cases.queries.handovers import Carrier
from qingyan.cases.web.forms import SEALED_HELP, HandOverForm


class OfferAllForm(HandOverForm):
    """Whose cases, to whom, why. Oneself is offered only what somebody who has left carried."""

    origin = forms.TypedChoiceField(label=_("谁的个案"), coerce=UUID)
    field_order = ("origin", "owner", "reason", "with_notes")

    def __init__(
        self,
        *args: Any,
        carriers: Sequence[Carrier],
        counsellors: Mapping[UUID, str],
        me: UUID | None,
        **kwargs: Any,
    ) -> None:
        left = any(one.left for one in carriers)
        chosen = {key: name for key, name in counsellors.items() if left or key != me}
        super().__init__(*args, counsellors=chosen, own=True, **kwargs)
        words = [(str(one.account), _line(one)) for one in carriers]
        self.fields["origin"].choices = words
        self.fields["owner"].label = _("交给谁")

    def clean(self) -> dict[str, Any]:
        """Nobody is given what they carry already."""
        given = super().clean() or {}
        if given.get("owner") and given.get("owner") == given.get("origin"):
            self.add_error("owner", _("请给今天在本校任职的另一位心理教师。"))
        return given

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        said = self.cleaned_data
        return {"origin": said["origin"], "offer": Offer(said["owner"], said["reason"], said["with_notes"])}


class AnswerForm(forms.Form):
    """Accept or decline, and why not."""

    said = forms.ChoiceField(choices=[("accept", _("接手")), ("decline", _("不能接手"))])
    reason = forms.CharField(label=_("不能接手的原因"), max_length=800, required=False, help_text=SEALED_HELP)

    def clean(self) -> dict[str, Any]:
        """Declining needs a reason."""
        given = super().clean() or {}
        if given.get("said") == "decline" and not given.get("reason", "").strip():
            self.add_error("reason", _("请写一句原因。"))
        return given

    def chosen(self, sent: QueryDict) -> list[UUID]:
        """The offers that are ticked; what is no id is left out."""
        found = []
        for one in sent.getlist("id")[:MOST]:
            try:
                found.append(UUID(one))
            except ValueError:
                continue
        return found


def _line(one: Carrier) -> str:
    words = _("%(name)s（%(n)d 个，已不在本校任职）") if one.left else _("%(name)s（%(n)d 个）")
    return str(words) % {"name": one.name, "n": one.open}
