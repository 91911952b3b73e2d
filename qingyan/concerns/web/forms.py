"""Forms of the doors and of the people behind them. What was typed comes back when something is missing."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.concerns.actions.help_note import Reach
from qingyan.concerns.actions.raising import NewReport
from qingyan.concerns.contracts import Kind, Outcome, Seen, Source, Urgency
from qingyan.concerns.models.report import OUTCOMES, SEEN, URGENCIES
from qingyan.concerns.rules.reports import LONGEST_ABOUT, LONGEST_CONTACT, LONGEST_TEXT
from qingyan.foundation.pure.printed_codes import LONGEST_INPUT

QUIET = {"autocomplete": "off"}
URGENCY_CHOICES = [(code.value, title) for code, title in URGENCIES.items()]
SEEN_CHOICES = [(code.value, title) for code, title in SEEN.items() if code is not Seen.UNSAID]
WRITERS = [
    (Source.CLASSMATE.value, _("同学")),
    (Source.GUARDIAN.value, _("家长")),
    (Source.OTHER.value, _("不想说")),
]


def _text(label: Any, *, rows: int = 6, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, **QUIET}),
        error_messages={
            "required": _("请写一点，几个字也可以。"),
            "max_length": _("请写在 %(limit_value)d 个字以内；现在有 %(show_value)d 个字。写的都还在。"),
        },
        **more,
    )


def _short(label: Any, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, widget=forms.TextInput(attrs=QUIET), **more)


class DoorForm(forms.Form):
    """What every door carries: the mark by which the same page sent twice is one report."""

    sending = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("sending", str(uuid4()))

    def said(self, name: str) -> str:
        """What was typed in this field, if the form has it."""
        return (self.cleaned_data.get(name) or "").strip()

    def new(self, kind: Kind, source: Source, sender: str, **more: Any) -> NewReport:
        """The report that this form makes."""
        return NewReport(
            kind=kind,
            source=source,
            urgency=Urgency(self.said("urgency") or Urgency.NOW),
            sender=sender,
            sending=self.said("sending"),
            text=self.said("text"),
            about=self.said("about"),
            contact=self.said("contact"),
            seen=Seen(self.said("seen") or Seen.UNSAID),
            **more,
        )


class HelpForm(DoorForm):
    """One tap is enough; the rest may stay empty."""

    contact = _short(_("我在哪里，怎样找到我"), LONGEST_CONTACT)
    text = _text(_("想说的话"), rows=3, required=False)


class LetterForm(DoorForm):
    """A letter to the counsellors."""

    text = _text(_("想说的话"), rows=9)
    about = _short(_("我的名字和班级"), LONGEST_ABOUT, help_text=_("不写也可以，老师一样会回信。"))
    urgency = forms.ChoiceField(
        label=_("希望什么时候有人管"),
        choices=URGENCY_CHOICES,
        initial=Urgency.WEEK.value,
        widget=forms.RadioSelect,
    )


class WorryForm(DoorForm):
    """Somebody worries about a pupil."""

    writer = forms.ChoiceField(
        label=_("您是"), choices=WRITERS, widget=forms.RadioSelect, initial=Source.CLASSMATE.value
    )
    about = forms.CharField(
        label=_("担心谁"),
        max_length=LONGEST_ABOUT,
        widget=forms.TextInput(attrs=QUIET),
        help_text=_("名字和班级。说不清名字，写写是什么样的同学也行。"),
    )
    text = _text(_("看到了、听到了什么"))
    seen = forms.ChoiceField(label=_("什么时候"), choices=SEEN_CHOICES, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label=_("多急"), choices=URGENCY_CHOICES, widget=forms.RadioSelect)
    contact = _short(_("怎样找到您"), LONGEST_CONTACT, help_text=_("老师想再问一问的时候用。"))
    code = _short(
        _("家长回执上的码"), LONGEST_INPUT, help_text=_("家长有这个码的话填上，老师就知道是哪位同学；没有也可以。")
    )

    field_order = ("sending", "writer", "about", "text", "seen", "urgency", "contact", "code")


class BullyingForm(WorryForm):
    """Somebody is being bullied: the writer or somebody else."""

    writer = forms.ChoiceField(
        label=_("谁被欺负"),
        choices=[(Source.SELF.value, _("我自己")), (Source.CLASSMATE.value, _("别的同学"))],
        widget=forms.RadioSelect,
    )
    about = _short(_("他（她）的名字和班级"), LONGEST_ABOUT, help_text=_("是您自己的话，想写就写。"))
    text = _text(_("发生了什么，谁在场"))
    code = None


class StaffForm(DoorForm):
    """A colleague saw something. Homeroom teachers choose from their own classes."""

    pupil = forms.ChoiceField(label=_("哪位学生"), required=False)
    about = _short(_("名单里没有，或者说不清是谁"), LONGEST_ABOUT, help_text=_("姓名、班级，或者样子。"))
    text = _text(_("我看到了什么"), help_text=_("只写看到的、听到的，不用写判断。"))
    seen = forms.ChoiceField(label=_("什么时候"), choices=SEEN_CHOICES, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label=_("多急"), choices=URGENCY_CHOICES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, pupils: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if pupils:
            self.fields["pupil"].choices = [("", _("请选择")), *pupils]
        else:
            del self.fields["pupil"]
            self.fields["about"].label, self.fields["about"].required = _("哪位学生"), True

    def clean(self) -> dict[str, Any]:
        """Somebody must be meant."""
        given = super().clean() or {}
        if "pupil" in self.fields and not given.get("pupil") and not (given.get("about") or "").strip():
            self.add_error("about", _("请选一位学生，或者写写是谁。"))
        return given

    @property
    def chosen(self) -> UUID | None:
        """The pupil from the list."""
        return UUID(self.cleaned_data["pupil"]) if self.cleaned_data.get("pupil") else None


class TokenForm(forms.Form):
    """The token of a receipt."""

    token = forms.CharField(
        label=_("取信码"),
        max_length=LONGEST_INPUT,
        widget=forms.TextInput(attrs={**QUIET, "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("20 个字母或数字，大小写都可以，横线可以不输。"),
    )


class AgainForm(forms.Form):
    """The writer goes on writing."""

    text = _text(_("再写一点"), rows=5)


class AnswerForm(forms.Form):
    """The circle answers."""

    text = _text(_("回信"), help_text=_("写信的人凭取信码看到。不要写别人的事。"))


class CloseForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=_("结果"), choices=[("", _("请选择")), *((o.value, OUTCOMES[o]) for o in Outcome)]
    )
    note = _text(_("处理说明"), rows=3, required=False)


class FindForm(forms.Form):
    """A pupil by name, to say whom a report is about."""

    name = forms.CharField(label=_("姓名"), max_length=40, widget=forms.TextInput(attrs=QUIET))


class HelpNoteForm(forms.Form):
    """What the help page says beside the numbers."""

    phone = _short(_("值班电话"), 40, help_text=_("学生和家长打得通的号码。"))
    place = _short(_("到哪里找人"), 80)
    hours = _short(_("什么时候有人"), 80)

    @property
    def reach(self) -> Reach:
        """As it is shown."""
        return Reach(**{name: (value or "").strip() for name, value in self.cleaned_data.items()})
