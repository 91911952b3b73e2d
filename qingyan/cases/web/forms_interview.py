"""The form of a talk, made from the guide and the nine situations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.cases.actions.interviewing import Talk
from qingyan.cases.queries import packs
from qingyan.cases.queries.interviews import SAID
from qingyan.cases.rules.interview import CHOICE, LONGEST_ANSWER, MANY, Question
from qingyan.cases.rules.pack import CasePack
from qingyan.cases.web.forms import SEALED_HELP, area

ANSWER, SITUATION = "answer-", "situation-"


class InterviewForm(forms.Form):
    """Time of the talk, the guide's questions, the nine situations, the proposal."""

    at = forms.DateTimeField(
        label=gettext_lazy("谈话时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    guardian_suspected = forms.BooleanField(
        label=gettext_lazy("监护人可能是伤害的来源"),
        required=False,
        help_text=gettext_lazy("勾选以后不再提示联系监护人，个案的每一页都会提醒。"),
    )
    proposed_level = forms.ChoiceField(label=gettext_lazy("建议的等级"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=gettext_lazy("建议的理由"), max_length=LONGEST_ANSWER, widget=area(), help_text=SEALED_HELP
    )

    def __init__(self, *args: Any, pack: CasePack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guide, self.law = packs.guide(), packs.law()
        self.fields["proposed_level"].choices = [
            (one.code, _(one.words) + _("：") + _(one.meaning)) for one in pack.levels
        ]
        for question in self.guide.questions():
            self.fields[ANSWER + question.code] = _field(question)
        for one in self.law.situations:
            self.fields[SITUATION + one.code] = forms.ChoiceField(
                label=_(one.text), choices=[(code, _(words)) for code, words in SAID.items()], widget=forms.RadioSelect
            )

    def clean_at(self):
        """A talk lies in the past."""
        if self.cleaned_data["at"] > timezone.now():
            raise forms.ValidationError(_("谈话时间不能在以后。"))
        return self.cleaned_data["at"]

    def sections(self) -> list[tuple[str, str, list[BoundField]]]:
        """Title, help and fields of each section."""
        return [
            (_(one.title), _(one.help) if one.help else "", [self[ANSWER + asked.code] for asked in one.questions])
            for one in self.guide.sections
        ]

    def situations(self) -> list[BoundField]:
        """The fields of the nine situations."""
        return [self[SITUATION + one.code] for one in self.law.situations]

    def talk(self, corrects: int | None) -> Talk:
        """What was written."""
        given = self.cleaned_data
        return Talk(
            at=given["at"],
            answers={one.code: _value(given[ANSWER + one.code]) for one in self.guide.questions()},
            situations={one.code: given[SITUATION + one.code] for one in self.law.situations},
            proposed_level=given["proposed_level"],
            why=given["why"],
            guardian_suspected=given["guardian_suspected"],
            corrects=corrects,
        )


def stored_as_initial(stored: dict, *, at, proposed_level: str, guardian_suspected: bool) -> dict[str, Any]:
    """The form's first values for a correction of an earlier version."""
    found: dict[str, Any] = {"at": timezone.localtime(at), "proposed_level": proposed_level, "why": stored["why"]}
    found["guardian_suspected"] = guardian_suspected
    found |= {ANSWER + code: value for code, value in stored["answers"].items()}
    return found | {SITUATION + code: value for code, value in stored["situations"].items()}


def _field(question: Question) -> forms.Field:
    choices = [(option.code, _(option.text)) for option in question.choices]
    asked: dict[str, Any] = {"label": _(question.text), "required": question.required}
    if question.kind == MANY:
        return forms.MultipleChoiceField(**asked, choices=choices, widget=forms.CheckboxSelectMultiple)
    if question.kind == CHOICE:
        return forms.ChoiceField(**asked, choices=choices, widget=forms.RadioSelect)
    return forms.CharField(**asked, max_length=LONGEST_ANSWER, widget=area(2))


def _value(given: str | Sequence[str]) -> str | list[str]:
    return given.strip() if isinstance(given, str) else list(given)
