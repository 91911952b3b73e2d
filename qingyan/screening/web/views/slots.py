"""The slots of a school in a round: list, add one (regular or make-up), propose all, take one away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.foundation.access.views import requires
from qingyan.screening.actions import slots as actions
from qingyan.screening.actions.campaigns import Unfit
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.queries.progress import progress_here
from qingyan.screening.queries.slots import slot_here, slot_lines
from qingyan.screening.rules.steps import DATES
from qingyan.screening.web.forms_slots import SlotForm, WishForm
from qingyan.screening.web.place import at_of
from qingyan.screening.web.words import SLOT_COLUMNS
from qingyan.screening.workflow import CLOSED


@requires(MANAGE_CAMPAIGN)
def slots(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The list; a post adds one."""
    campaign = _campaign_or_404(request, campaign_id)
    if request.method != "POST":
        return _page(request, campaign, SlotForm(_classes(request, campaign)), WishForm())
    form = SlotForm(_classes(request, campaign), request.POST)
    if form.is_valid():
        try:
            actions.add_slot(campaign=campaign, given=form.value(), by=request.actor, now=timezone.now())
        except Unfit as unfit:
            form.add_error(None, unfit.faults)
        else:
            messages.success(request, _("场次已添加。"))
            return redirect("screening:slots", slug=slug, campaign_id=campaign_id)
    return _page(request, campaign, form, WishForm(), status=422)


@requires(MANAGE_CAMPAIGN)
@require_POST
def propose(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Place every class that has no slot yet."""
    campaign, form = _campaign_or_404(request, campaign_id), WishForm(request.POST)
    if form.is_valid():
        try:
            left = actions.propose(campaign=campaign, wish=form.wish(), by=request.actor, now=timezone.now())
        except Unfit as unfit:
            form.add_error(None, unfit.faults)
        else:
            _say(request, [str(one) for one in left])
            return redirect("screening:slots", slug=slug, campaign_id=campaign_id)
    return _page(request, campaign, SlotForm(_classes(request, campaign)), form, status=422)


@requires(MANAGE_CAMPAIGN)
@require_POST
def remove(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Take one away."""
    campaign = _campaign_or_404(request, campaign_id)
    try:
        slot = slot_here(request.actor, campaign, UUID(request.POST.get("slot", "")))
    except ValueError as fault:
        raise Http404 from fault
    if slot is None:
        raise Http404
    actions.remove_slot(slot=slot, by=request.actor, now=timezone.now())
    messages.success(request, _("场次已删除。"))
    return redirect("screening:slots", slug=slug, campaign_id=campaign_id)


def _say(request: HttpRequest, left: list[str]) -> None:
    if left:
        messages.warning(
            request, _("这些班没有排下，请增加课时或延长时间：%(classes)s。") % {"classes": "、".join(left)}
        )
    else:
        messages.success(request, _("每个班都有场次了，可以逐条调整。"))


def _page(request: HttpRequest, campaign: Campaign, form: SlotForm, wish: WishForm, status: int = 200) -> HttpResponse:
    context = {
        "campaign": campaign,
        "lines": slot_lines(request.actor, campaign),
        "columns": SLOT_COLUMNS,
        "form": form,
        "wish": wish,
        "closed": campaign.state == CLOSED,
        "at": (at := at_of(request, campaign)),
        "dates": at.to("plan", DATES),
    }
    return render(request, "screening/slots.html", context, status=status)


def _classes(request: HttpRequest, campaign: Campaign):
    return [line.school_class for line in progress_here(request.actor, campaign)]


def _campaign_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = campaign_at_school(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found
