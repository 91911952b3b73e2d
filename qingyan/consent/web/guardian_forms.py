"""Forms of the guardians' way: the code, the answer on each purpose, and how long new codes are valid."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from qingyan.consent.actions.guardians import Answer, Opened
from qingyan.consent.actions.links import fresh_code
from qingyan.consent.contracts import Asked, Word
from qingyan.consent.models.ledger import Relation
from qingyan.foundation.pure.printed_codes import LONGEST_INPUT

SALT = "qingyan.consent.guardian"
SECONDS_TO_READ = 2 * 3600
ONE_LINK = timedelta(days=30)
VALIDITIES = [(14, _("14 天")), (30, _("30 天")), (60, _("60 天")), (90, _("90 天"))]
CHOICES = [(Word.AGREED.value, _("同意")), (Word.REFUSED.value, _("不同意"))]
TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-from-fragment": True}


class CodeForm(forms.Form):
    """The code on the paper; a small script fills it in from the address behind the # sign."""

    code = forms.CharField(
        label=_("纸条上的码"),
        max_length=LONGEST_INPUT,
        help_text=_("12 个字母或数字，大小写都可以，横线可以不输。"),
        widget=forms.TextInput(attrs=TYPED),
    )


class IssueLinksForm(forms.Form):
    """For how long new codes are valid, and for whom."""

    days = forms.TypedChoiceField(label=_("有效期"), choices=VALIDITIES, coerce=int, initial=30)
    only_missing = forms.BooleanField(label=_("只给还没收到回执的学生"), required=False, initial=True)

    @property
    def validity(self) -> timedelta:
        """The chosen time."""
        return timedelta(days=self.cleaned_data["days"])


class AnswerForm(forms.Form):
    """One choice a purpose, nothing ticked before; with a first code each must be answered, with a receipt's one."""

    relation = forms.ChoiceField(
        label=_("您是孩子的"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择您是孩子的什么人。")},
    )

    def __init__(self, *args: Any, asked: Sequence[Asked], again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.again = asked, again
        for one in asked:
            self.fields[f"word-{one.purpose}"] = forms.ChoiceField(
                label=one.title,
                choices=CHOICES,
                required=not again,
                widget=forms.RadioSelect,
                error_messages={"required": _("请选一个：同意，或者不同意。")},
            )

    def parts(self) -> list[tuple[Asked, Any]]:
        """Each purpose with its field, for the page."""
        return [(one, self[f"word-{one.purpose}"]) for one in self.asked]

    @property
    def words(self) -> dict[str, Word]:
        """What was chosen, by purpose."""
        given = ((one.purpose, self.cleaned_data[f"word-{one.purpose}"]) for one in self.asked)
        return {purpose: Word(word) for purpose, word in given if word}

    def clean(self) -> dict[str, Any]:
        """With a receipt's code at least one is answered anew."""
        given = super().clean() or {}
        if self.again and not self.errors and not any(given.get(f"word-{one.purpose}") for one in self.asked):
            raise forms.ValidationError(_("请至少选一项；不想改变的可以不选。"))
        return given


class Held:
    """What the page carries from the code to the answer, signed: no cookie, no session. It names this device.

    `next_code` is the code of the receipt; it opens nothing before the answer is kept.
    """

    def __init__(self, *, link: UUID, next_code: str, texts: dict[str, UUID]) -> None:
        self.link, self.next_code, self.texts = link, next_code, texts

    @classmethod
    def of(cls, opened: Opened) -> "Held":
        """For a page that is shown for the first time."""
        return cls(link=opened.link, next_code=fresh_code(), texts={one.purpose: one.text.id for one in opened.asked})

    def sealed(self, *, device: str) -> str:
        """As the page carries it."""
        texts = {purpose: str(text) for purpose, text in self.texts.items()}
        return signing.dumps({"l": str(self.link), "n": self.next_code, "t": texts, "d": device}, salt=SALT)

    @classmethod
    def read(cls, sealed: str, *, device: str) -> "Held | None":
        """None for what is not ours, older than two hours, or was given to another device."""
        try:
            said = signing.loads(sealed, salt=SALT, max_age=SECONDS_TO_READ)
        except signing.BadSignature:
            return None
        if said["d"] != device:
            return None
        return cls(
            link=UUID(said["l"]), next_code=said["n"], texts={key: UUID(text) for key, text in said["t"].items()}
        )

    def answer(self, form: AnswerForm) -> Answer:
        """The form's words on the texts that were shown."""
        words = {purpose: word for purpose, word in form.words.items() if purpose in self.texts}
        return Answer(self.link, words, self.texts, form.cleaned_data["relation"], self.next_code)

    def repeated(self) -> Answer:
        """The same answer sent once more (a double tap, a reload): it says nothing new and asks for the receipt."""
        return Answer(self.link, {}, self.texts, "", self.next_code)
