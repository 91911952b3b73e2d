"""What each step of planning shows and saves: a form, the action that takes its value, and what stands beside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils import timezone

from qingyan.consent import api as consent
from qingyan.foundation.access.actor import Actor
from qingyan.screening.actions import drafts
from qingyan.screening.models import Campaign
from qingyan.screening.queries.campaigns import asked_rows, choices, unapproved
from qingyan.screening.queries.instrument_facts import facts_of
from qingyan.screening.queries.past import past_of
from qingyan.screening.queries.plan_check import check_of
from qingyan.screening.queries.slots import slot_lines
from qingyan.screening.rules.steps import CHECK, CONSENT, CUTOFFS, DATES, INSTRUMENTS, PURPOSE, STEPS
from qingyan.screening.web.forms_cutoffs import CutoffForms
from qingyan.screening.web.forms_plan import AskingForms, DaysForm, PurposeForm, WordsForm
from qingyan.screening.web.forms_slots import WishForm
from qingyan.screening.web.place import At
from qingyan.screening.web.simulator import simulated
from qingyan.screening.web.words import SLOT_COLUMNS
from qingyan.screening.web.words_plan import LICENCES, STEP_WORDS, WORDINGS


class StepPage(Protocol):
    """One step; `form` is bound when there is data, and `settle` gets a valid one."""

    template: str
    live: str  # what is drawn anew while somebody changes the form; "" where nothing is

    def form(self, request: HttpRequest, campaign: Campaign) -> Any:
        """The form of the step, or None."""

    def settle(self, form: Any, campaign: Campaign, by: Actor, now: datetime) -> None:
        """Save it. Raises Unfit."""

    def beside(self, request: HttpRequest, campaign: Campaign, form: Any) -> dict[str, Any]:
        """What else the page shows."""


class PurposePage:
    """Step 1."""

    template = "screening/plan/purpose.html"
    live = ""

    def form(self, request: HttpRequest, campaign: Campaign) -> PurposeForm:
        """Name and purpose."""
        return PurposeForm(campaign, request.POST or None)

    def settle(self, form: PurposeForm, campaign: Campaign, by: Actor, now: datetime) -> None:
        """Name and purpose."""
        drafts.name_it(campaign=campaign, given=form.value(), by=by, now=now)

    def beside(self, request: HttpRequest, campaign: Campaign, form: Any) -> dict[str, Any]:
        """Nothing."""
        return {}


class InstrumentsPage:
    """Step 2."""

    template = "screening/plan/instruments.html"
    live = ""

    def form(self, request: HttpRequest, campaign: Campaign) -> AskingForms:
        """Every instrument that may be asked here."""
        offered = choices(school_id=campaign.school_id, city_id=campaign.city_id)
        return AskingForms(campaign, offered, asked_rows(campaign), request.POST or None)

    def settle(self, form: AskingForms, campaign: Campaign, by: Actor, now: datetime) -> None:
        """Instruments, grades, order of items."""
        drafts.choose(campaign=campaign, given=form.value(), by=by, now=now)

    def beside(self, request: HttpRequest, campaign: Campaign, form: AskingForms) -> dict[str, Any]:
        """Each form with the facts of its instrument."""
        facts = facts_of(campaign, [one.choice for one in form.instruments])
        lines = [
            {
                "form": one,
                "facts": (known := facts[one.choice.summary.code]),
                "licence": LICENCES[known.licence_status],
                "wording": WORDINGS[known.wording],
            }
            for one in form.instruments
        ]
        left_out = unapproved(school_id=campaign.school_id, city_id=campaign.city_id)
        return {"lines": lines, "dated": DATES in campaign.settled, "unapproved": left_out}


class DatesPage:
    """Step 3."""

    template = "screening/plan/dates.html"
    live = ""

    def form(self, request: HttpRequest, campaign: Campaign) -> DaysForm:
        """When it opens and closes."""
        return DaysForm(campaign, request.POST or None)

    def settle(self, form: DaysForm, campaign: Campaign, by: Actor, now: datetime) -> None:
        """When it opens and closes."""
        drafts.set_days(campaign=campaign, given=form.value(), by=by, now=now)

    def beside(self, request: HttpRequest, campaign: Campaign, form: DaysForm) -> dict[str, Any]:
        """At a school: its slots, and a proposal, once the days are said."""
        if not request.school or DATES not in campaign.settled:
            return {}
        return {"slots": slot_lines(request.actor, campaign), "slot_columns": SLOT_COLUMNS[:-1], "wish": WishForm()}


class ConsentPage:
    """Step 4."""

    template = "screening/plan/consent.html"
    live = ""

    def form(self, request: HttpRequest, campaign: Campaign) -> WordsForm:
        """Notice and consent text."""
        return WordsForm(campaign, consent.texts(request.actor, consent.SCREENING), request.POST or None)

    def settle(self, form: WordsForm, campaign: Campaign, by: Actor, now: datetime) -> None:
        """Notice and consent text."""
        drafts.set_words(campaign=campaign, given=form.value(), by=by, now=now)

    def beside(self, request: HttpRequest, campaign: Campaign, form: WordsForm) -> dict[str, Any]:
        """The texts to read."""
        return {"texts": consent.texts(request.actor, consent.SCREENING)}


class CutoffsPage:
    """Step 5."""

    template = "screening/plan/cutoffs.html"
    live = "screening/plan/sums.html"

    def form(self, request: HttpRequest, campaign: Campaign) -> CutoffForms:
        """The rule of each instrument, the second stage, and what the sums assume."""
        return CutoffForms(request.actor, campaign, request.POST or None)

    def settle(self, form: CutoffForms, campaign: Campaign, by: Actor, now: datetime) -> None:
        """Rules and second stage; what the sums assume is not kept."""
        drafts.set_cutoffs(campaign=campaign, rules=form.rules.value(), stage=form.stage.stage(), by=by, now=now)

    def beside(self, request: HttpRequest, campaign: Campaign, form: CutoffForms) -> dict[str, Any]:
        """The sums with what is chosen now."""
        return simulated(form.settings, form.cuts(), form.second(), past_of(request.actor, campaign))


class CheckPage:
    """Step 6: nothing to fill in."""

    template = "screening/plan/check.html"
    live = ""

    def form(self, request: HttpRequest, campaign: Campaign) -> None:
        """None."""

    def settle(self, form: None, campaign: Campaign, by: Actor, now: datetime) -> None:
        """Nothing."""

    def beside(self, request: HttpRequest, campaign: Campaign, form: None) -> dict[str, Any]:
        """The whole plan, and what speaks against opening it."""
        found = check_of(request.actor, campaign, now=timezone.now())
        return {"check": found, "missing": [(step, STEP_WORDS[step]) for step in found.missing]}


PAGES: Mapping[str, StepPage] = {
    PURPOSE: PurposePage(),
    INSTRUMENTS: InstrumentsPage(),
    DATES: DatesPage(),
    CONSENT: ConsentPage(),
    CUTOFFS: CutoffsPage(),
    CHECK: CheckPage(),
}


def steps_row(at: At, settled: Sequence[str], current: str) -> list[dict[str, Any]]:
    """The steps as the row above the page shows them, each with its address."""
    return [
        {
            "label": STEP_WORDS[step],
            "state": "current" if step == current else "done" if step in settled else "todo",
            "url": at.to("plan", step),
        }
        for step in STEPS
    ]
