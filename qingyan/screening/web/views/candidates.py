"""The counsellor's second stage of a round: candidates once observation has ended, assigning, one pupil compared."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of
from qingyan.screening.actions import observing
from qingyan.screening.actions import second_stage as actions
from qingyan.screening.models import Campaign, SecondStage
from qingyan.screening.policy import READ_CANDIDATES
from qingyan.screening.queries import candidates as reads
from qingyan.screening.queries.assignments import assignment_of, given_in, second_choices
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.queries.comparison import comparison
from qingyan.screening.queries.observation import by_class, stage_of, window_of
from qingyan.screening.queries.parent_forms import about_guardians
from qingyan.screening.queries.progress import class_here
from qingyan.screening.web.forms_second import ReasonForm
from qingyan.screening.web.words_second import AGREEMENT_WORDS, CANDIDATE_COLUMNS, GIVEN_COLUMNS, OBSERVED_COLUMNS


@requires(READ_CANDIDATES)
@require_GET
def candidates(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The list by need; before the observation has ended only how far that is. The look is recorded."""
    campaign, stage = _stage_or_404(request, campaign_id)
    now = timezone.now()
    if not reads.may_be_seen(request.actor, campaign, stage, now=now):
        return render(request, "screening/second/waiting.html", _waiting(request, campaign, stage, ReasonForm()))
    school_class = _class_asked(request)
    found = reads.candidates(request.actor, campaign, stage, class_id=school_class)
    page = page_of(found, request.GET)
    actions.look(campaign=campaign, shown=len(page.object_list), by=request.actor, now=now)
    context = {
        "campaign": campaign,
        "stage": stage,
        "page": page,
        "lines": reads.lines(request.actor, campaign, page.object_list),
        "classes": [one.school_class for one in by_class(request.actor, campaign)],
        "class_id": school_class,
        "choices": second_choices(campaign),
        "columns": CANDIDATE_COLUMNS,
    }
    return render(request, "screening/second/candidates.html", context)


@requires(READ_CANDIDATES)
@require_POST
def open_early(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Show the list before the observation has ended, for a reason that is kept."""
    campaign, stage = _stage_or_404(request, campaign_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "screening/second/waiting.html", _waiting(request, campaign, stage, form), status=422)
    reason = form.cleaned_data["reason"]
    actions.look_early(campaign=campaign, reason=reason, by=request.actor, now=timezone.now())
    return redirect("screening:candidates", slug=slug, campaign_id=campaign_id)


@requires(READ_CANDIDATES)
@require_POST
def end_observation(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The teachers write no more at this school."""
    campaign, _stage = _stage_or_404(request, campaign_id)
    observing.end(campaign=campaign, by=request.actor, now=timezone.now())
    messages.success(request, _("课堂观察已结束，班主任不能再写。"))
    return redirect("screening:candidates", slug=slug, campaign_id=campaign_id)


@requires(READ_CANDIDATES)
@require_POST
def assign(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Assign an instrument to the pupils that were ticked."""
    campaign, _stage = _stage_or_404(request, campaign_id)
    students, instrument = request.POST.getlist("student"), request.POST.get("instrument", "")
    try:
        chosen = [UUID(one) for one in students]
        given = {"campaign": campaign, "students": chosen, "instrument": instrument}
        made = actions.assign(**given, by=request.actor, now=timezone.now())
        messages.success(request, _("已安排 %(count)s 人。学生登录后会在自己的测评里看到。") % {"count": len(made)})
    except (LookupError, ValueError):
        messages.error(request, _("请选好学生和量表。"))
    except actions.NothingAssigned:
        messages.error(request, _("没有可以安排的学生：已经安排过、年龄不合适，或者间隔期满时活动已经结束。"))
    return redirect("screening:candidates", slug=slug, campaign_id=campaign_id)


@requires(READ_CANDIDATES)
@require_GET
def assignments(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """What was assigned and how far it is."""
    campaign, _stage = _stage_or_404(request, campaign_id)
    page = page_of(given_in(request.actor, campaign), request.GET)
    context = {"campaign": campaign, "page": page, "columns": GIVEN_COLUMNS}
    return render(request, "screening/second/assignments.html", context)


@requires(READ_CANDIDATES)
@require_POST
def withdraw(request: HttpRequest, slug: str, assignment_id: UUID) -> HttpResponse:
    """The pupil need not do it after all."""
    found = assignment_of(request.actor, assignment_id)
    if found is None:
        raise Http404
    try:
        actions.withdraw(assignment=found, by=request.actor, now=timezone.now())
        messages.success(request, _("已撤回，学生不会再看到它。"))
    except NotAllowed:
        messages.error(request, _("学生已经开始作答，不能撤回。"))
    return redirect("screening:assignments", slug=slug, campaign_id=found.campaign_id)


@requires(READ_CANDIDATES)
@require_GET
def compare(request: HttpRequest, slug: str, campaign_id: UUID, student_id: UUID) -> HttpResponse:
    """One pupil: own answers and what teachers saw beside each other. The look is recorded."""
    campaign, stage = _stage_or_404(request, campaign_id)
    now = timezone.now()
    if not reads.may_be_seen(request.actor, campaign, stage, now=now):
        raise Http404
    try:
        found = comparison(request.actor, campaign, student_id)
    except NotVisible as hidden:
        raise Http404 from hidden
    actions.look_at(campaign=campaign, student_id=student_id, by=request.actor, now=now)
    words = AGREEMENT_WORDS[found.agreement]
    context = {
        "campaign": campaign,
        "found": found,
        "words": words,
        "now": now,
        "stage": stage,
        "choices": second_choices(campaign),
        **about_guardians(request.actor, campaign, student_id),
    }
    return render(request, "screening/second/compare.html", context)


def _waiting(request: HttpRequest, campaign: Campaign, stage: SecondStage, form: ReasonForm) -> dict:
    return {
        "campaign": campaign,
        "window": window_of(request.actor, campaign, stage),
        "rows": by_class(request.actor, campaign),
        "form": form,
        "columns": OBSERVED_COLUMNS,
    }


def _class_asked(request: HttpRequest) -> int | None:
    asked = request.GET.get("class", "")
    found = class_here(request.actor, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    return found.id if found else None


def _stage_or_404(request: HttpRequest, campaign_id: UUID) -> tuple[Campaign, SecondStage]:
    campaign = campaign_at_school(request.actor, campaign_id)
    stage = stage_of(campaign) if campaign else None
    if campaign is None or stage is None:
        raise Http404
    return campaign, stage
