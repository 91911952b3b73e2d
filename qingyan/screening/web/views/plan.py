"""Planning a round step by step, at a school or in the city: begin a draft, one address for each step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.foundation.access.views import requires
from qingyan.screening.actions import drafts
from qingyan.screening.actions.campaigns import Unfit
from qingyan.screening.actions.templates import follow, mark, unmark
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN
from qingyan.screening.queries.templates import sources
from qingyan.screening.rules.steps import CHECK, INSTRUMENTS, PURPOSE, STEPS, following, missing
from qingyan.screening.web.forms import DEFAULT_NOTICE
from qingyan.screening.web.forms_plan import BeginForm
from qingyan.screening.web.place import at_of, holder_of, own_round_or_404
from qingyan.screening.web.plan_pages import PAGES, StepPage, steps_row
from qingyan.screening.web.words_plan import STEP_LEADS, STEP_WORDS
from qingyan.screening.workflow import DRAFT


@requires(MANAGE_CAMPAIGN)
def new_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a round of this school."""
    return _begin(request)


@requires(MANAGE_CITY_CAMPAIGN)
def city_new_campaign(request: HttpRequest) -> HttpResponse:
    """Begin a round of the city."""
    return _begin(request)


@requires(MANAGE_CAMPAIGN)
def planning(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Go on where a draft of this school was left."""
    return _resume(request, own_round_or_404(request, campaign_id))


@requires(MANAGE_CITY_CAMPAIGN)
def city_planning(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Go on where a draft of the city was left."""
    return _resume(request, own_round_or_404(request, campaign_id))


@requires(MANAGE_CAMPAIGN)
def plan(request: HttpRequest, slug: str, campaign_id: UUID, step: str) -> HttpResponse:
    """One step of a draft of this school."""
    return _step(request, own_round_or_404(request, campaign_id), step)


@requires(MANAGE_CITY_CAMPAIGN)
def city_plan(request: HttpRequest, campaign_id: UUID, step: str) -> HttpResponse:
    """One step of a draft of the city."""
    return _step(request, own_round_or_404(request, campaign_id), step)


@requires(MANAGE_CAMPAIGN)
@require_POST
def template(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Mark a round of this school as a template, or no longer."""
    return _template(request, own_round_or_404(request, campaign_id))


@requires(MANAGE_CITY_CAMPAIGN)
@require_POST
def city_template(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Mark a round of the city as a template, or no longer."""
    return _template(request, own_round_or_404(request, campaign_id))


def _template(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    if request.POST.get("keep") == "no":
        unmark(campaign=campaign, by=request.actor, now=timezone.now())
        messages.success(request, _("不再作为模板。"))
    else:
        mark(campaign=campaign, by=request.actor, now=timezone.now())
        messages.success(request, _("已存为模板，新建活动时可以从它开始。"))
    return redirect(at_of(request, campaign)["campaign"])


def _begin(request: HttpRequest) -> HttpResponse:
    holder, now = holder_of(request), timezone.now()
    form = BeginForm(sources(request.actor, holder), request.POST or None)
    if form.is_valid():
        made = drafts.begin(holder=holder, given=form.value(), notice=str(DEFAULT_NOTICE), by=request.actor, now=now)
        messages.success(request, _("草稿已保存，可以随时离开，回来接着填。"))
        source = form.source_round()
        for left in follow(draft=made, source=source, by=request.actor, now=now) if source else ():
            messages.warning(request, _("没有沿用：%(what)s") % {"what": left})
        return redirect(at_of(request, made).to("plan", INSTRUMENTS))
    context = {"form": form, "at": at_of(request)}
    return render(request, "screening/plan/new.html", context, status=422 if form.is_bound else 200)


def _resume(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """The first step that is missing, else the last one."""
    return redirect(at_of(request, campaign).to("plan", next(iter(missing(campaign.settled)), CHECK)))


def _step(request: HttpRequest, campaign: Campaign, step: str) -> HttpResponse:
    if step not in PAGES:
        raise Http404
    if campaign.state != DRAFT:
        messages.error(request, _("活动已经开放，计划不能再改。"))
        return redirect(at_of(request, campaign)["campaign"])
    page = PAGES[step]
    form = page.form(request, campaign)
    keeps = request.method == "POST" and "recompute" not in request.POST
    if keeps and _saved(request, page, form, campaign):
        at = at_of(request, campaign)
        return redirect(at["campaign"] if "leave" in request.POST else at.to("plan", following(step)))
    context = _context(request, campaign, step) | {"form": form} | page.beside(request, campaign, form)
    template = page.live if request.htmx and page.live and not keeps else page.template
    return render(request, template, context, status=422 if keeps else 200)


def _saved(request: HttpRequest, page: StepPage, form, campaign: Campaign) -> bool:
    if form is None or not form.is_valid():
        return False
    try:
        page.settle(form, campaign, request.actor, timezone.now())
    except Unfit as unfit:
        form.add_error(None, unfit.faults)
        return False
    messages.success(request, _("这一步已保存。"))
    return True


def _context(request: HttpRequest, campaign: Campaign, step: str) -> dict[str, object]:
    at, place = at_of(request, campaign), STEPS.index(step)
    return {
        "campaign": campaign,
        "at": at,
        "steps": steps_row(at, campaign.settled, step),
        "step_title": STEP_WORDS[step],
        "step_lead": STEP_LEADS[step],
        "back": at.to("plan", STEPS[place - 1]) if step != PURPOSE else "",
    }
