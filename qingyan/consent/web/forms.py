"""Forms of consent: a text to publish, and the papers of a whole class on one page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.consent.actions.recording import Answered
from qingyan.consent.contracts import Word
from qingyan.consent.models.ledger import WORDS, Relation
from qingyan.consent.queries.coverage import PupilLine
from qingyan.consent.queries.purposes import purposes

KEYED = (Word.AGREED, Word.REFUSED, Word.WITHDRAWN)


class TextForm(forms.Form):
    """A new version of a text."""

    purpose = forms.ChoiceField(label=_("用途"))
    title = forms.CharField(label=_("标题"), max_length=80)
    body = forms.CharField(
        label=_("正文"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("写明：谁能看到、谁看不到、不同意也没有任何影响、怎样收回。发布以后不能修改，只能发布新版本。"),
    )
    asks_anew = forms.BooleanField(
        label=_("内容有实质变化，请家长重新回答"),
        required=False,
        initial=True,
        help_text=_("只改错别字时不用勾选。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(one.code, one.title) for one in purposes().values()]


class PapersForm(forms.Form):
    """One choice a pupil; untouched lines change nothing."""

    said_on = forms.DateField(label=_("回执上的日期"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, pupils: Sequence[PupilLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = pupils
        for pupil in pupils:
            words = [("", _("没有收到")), *((word.value, WORDS[word]) for word in KEYED)]
            relations = [("", _("关系未写")), *Relation.choices]
            attrs = {"aria-label": _("%(name)s的回执") % {"name": pupil.name}}
            self.fields[f"word-{pupil.student}"] = forms.ChoiceField(
                choices=words, required=False, widget=forms.Select(attrs=attrs)
            )
            attrs = {"aria-label": _("%(name)s：谁签的字") % {"name": pupil.name}}
            self.fields[f"relation-{pupil.student}"] = forms.ChoiceField(
                choices=relations, required=False, widget=forms.Select(attrs=attrs)
            )

    def lines(self) -> list[tuple[PupilLine, Any, Any]]:
        """Each pupil with the two fields, for the table."""
        return [(one, self[f"word-{one.student}"], self[f"relation-{one.student}"]) for one in self.pupils]

    @property
    def papers(self) -> list[Answered]:
        """What was keyed in."""
        given = self.cleaned_data
        return [
            Answered(
                one.student,
                Word(given[f"word-{one.student}"]),
                given["said_on"],
                given[f"relation-{one.student}"],
            )
            for one in self.pupils
            if given[f"word-{one.student}"]
        ]
