"""Step 5 of planning: a screening rule for each instrument, the second stage, and what the sums assume."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from qingyan.foundation.access.actor import Actor
from qingyan.screening.models import Campaign, CampaignInstrument
from qingyan.screening.queries.campaigns import asked_rows
from qingyan.screening.queries.capacity import Cut, cuts_of, second_stages, staff_of
from qingyan.screening.queries.observation import stage_of
from qingyan.screening.web.forms_capacity import SettingsForm
from qingyan.screening.web.forms_second import SecondStageForm


class RulesForm(forms.Form):
    """One choice for each instrument of the round that has screening rules; the names are the instruments' codes."""

    def __init__(self, asked: Sequence[CampaignInstrument], cuts: Sequence[Cut], data: QueryDict | None = None) -> None:
        super().__init__(data, prefix="rule")
        for one in asked:
            here = [cut for cut in cuts if cut.instrument == one.instrument]
            if here:
                first = one.screen_rule or here[0].rule
                choices = [(cut.rule, cut.rule_title) for cut in here]
                self.fields[one.instrument] = forms.ChoiceField(label=here[0].title, choices=choices, initial=first)

    def value(self) -> dict[str, str]:
        """Instrument code to rule. The form is valid."""
        return dict(self.cleaned_data)

    def shown(self) -> dict[str, str]:
        """The rules as the page shows them now, valid or not."""
        return {name: self[name].value() for name in self.fields}


class CutoffForms:
    """The three parts of the step. Only the first two are kept."""

    def __init__(self, actor: Actor, campaign: Campaign, data: QueryDict | None = None) -> None:
        asked = asked_rows(campaign)
        self.known = cuts_of(actor, campaign)
        self.rules = RulesForm(asked, self.known, data)
        self.stage = SecondStageForm(data, campaign=campaign, stage=stage_of(campaign))
        self.settings = SettingsForm(data, staff=staff_of(actor, campaign))

    def is_valid(self) -> bool:
        """Whether every part could be read."""
        return all([self.rules.is_valid(), self.stage.is_valid(), self.settings.is_valid()])

    def add_error(self, field: str | None, faults: list[str]) -> None:
        """What the action refused."""
        self.stage.add_error(field, faults)

    def cuts(self) -> list[Cut]:
        """The cut-offs as they are chosen now, saved or not."""
        shown = self.rules.shown()
        return [cut for cut in self.known if shown.get(cut.instrument) == cut.rule]

    def second(self) -> Cut | None:
        """The proposed second instrument with its first published rule, or None."""
        wanted = self.stage["instrument"].value()
        return next((cut for cut in second_stages() if wanted and cut.instrument == wanted), None)
