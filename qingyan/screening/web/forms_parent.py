"""The guardian's forms: the printed code, and the questions. What was opened travels sealed, tied to the machine."""

from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.pure.printed_codes import LONGEST_INPUT

SALT = "qingyan.screening.parent_form"
SECONDS_TO_ANSWER = 2 * 3600
ITEM = "item-"
RELATIONS = [
    ("mother", _("母亲")),
    ("father", _("父亲")),
    ("grandparent", _("祖父母或外祖父母")),
    ("other", _("其他监护人")),
]


class ParentCodeForm(forms.Form):
    """The code on the paper that the school gave."""

    code = forms.CharField(
        label=_("纸条上的码"),
        max_length=LONGEST_INPUT,
        help_text=_("12 个字母或数字，大小写都可以，横线可以不输。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class ParentAnswers(forms.Form):
    """One choice an item, nothing chosen before; an item may be left out."""

    relation = forms.ChoiceField(label=_("您是孩子的"), choices=RELATIONS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, page: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, item in enumerate(page["items"], start=1):
            self.fields[f"{ITEM}{item['i']}"] = forms.TypedChoiceField(
                label=f"{number}. {item['text']}",
                choices=[(option["v"], option["label"]) for option in item["options"]],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        """At least one answer."""
        found = super().clean() or {}
        if not self.errors and not self.given:
            raise forms.ValidationError(_("还没有选任何一题。"))
        return found

    @property
    def questions(self) -> list[forms.BoundField]:
        """The items, in order."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]

    @property
    def given(self) -> dict[int, int]:
        """Item index -> chosen value."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name.startswith(ITEM)}
        return {int(name.removeprefix(ITEM)): value for name, value in chosen.items() if value is not None}


def sealed(form: UUID, *, device: str) -> str:
    """What the page carries on."""
    return signing.dumps({"form": str(form), "device": device}, salt=SALT)


def unsealed(held: str, *, device: str) -> UUID | None:
    """Which form was opened on this machine; None when the seal is broken, old, or of another machine."""
    try:
        found = signing.loads(held, salt=SALT, max_age=SECONDS_TO_ANSWER)
    except signing.BadSignature:
        return None
    return UUID(found["form"]) if found["device"] == device else None
