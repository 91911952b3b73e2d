"""Forms of the review desk: a decision, a signature. Whether they may stand is decided in rules/review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.instruments.actions.reviewing import Ruling
from qingyan.instruments.models import ReviewDecision
from qingyan.instruments.rules.review import Look, Verdict
from qingyan.organisations.api import grade_name

LOOKS = (
    (Look.SOURCE.value, _("来源：核对过出处，知道是哪一版")),
    (Look.LICENCE.value, _("许可：看过许可依据，本市可以使用")),
    (Look.AGES.value, _("年龄：适用年龄和学段合适，按年龄不问的题看过")),
    (Look.NORMS.value, _("常模：看过样本和年份，知道有没有可以对照的常模")),
)
NEVER = "never"


def grade_choices() -> list[tuple[str, str]]:
    """Every grade with its name."""
    return [(str(grade), grade_name(grade)) for grade in range(1, 13)]


class DecisionForm(forms.Form):
    """A decision about one version."""

    looked_at = forms.MultipleChoiceField(
        label=_("核对过什么"), choices=LOOKS, required=False, widget=forms.CheckboxSelectMultiple
    )
    verdict = forms.ChoiceField(label=_("决定"), choices=ReviewDecision.VERDICTS, widget=forms.RadioSelect)
    grade_from = forms.TypedChoiceField(label=_("起始年级"), coerce=int, choices=grade_choices)
    grade_to = forms.TypedChoiceField(label=_("截止年级"), coerce=int, choices=grade_choices, initial="12")
    note = forms.CharField(
        label=_("审核意见"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("学校能看到。写明依据；不可使用的，写明原因。"),
    )

    def ruling(self) -> Ruling:
        """What is decided; "可以使用" means all grades. The form is valid."""
        given = self.cleaned_data
        verdict = Verdict(given["verdict"])
        limited = verdict is Verdict.LIMITED
        grades = range(given["grade_from"], given["grade_to"] + 1) if limited else range(1, 13)
        return Ruling(verdict, grades, tuple(given["looked_at"]), given["note"])


class SignatureForm(forms.Form):
    """From which grade a sensitive item may be asked."""

    item = forms.CharField(widget=forms.HiddenInput, max_length=40)
    lowest_grade = forms.ChoiceField(label=_("最低年级"))
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lowest_grade"].choices = [
            ("", _("请选择")),
            *grade_choices(),
            (NEVER, _("不得用于学生")),
        ]

    @property
    def grade(self) -> int | None:
        """The grade, None for never. The form is valid."""
        given = self.cleaned_data["lowest_grade"]
        return None if given == NEVER else int(given)
