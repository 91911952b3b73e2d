"""The homeroom teacher's observation of the own class, pupil by pupil; blind to every result and to other teachers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingyan.foundation.access.views import requires
from qingyan.screening.actions import observing as actions
from qingyan.screening.models import Campaign
from qingyan.screening.observation_form import marked
from qingyan.screening.policy import OBSERVE
from qingyan.screening.queries import observation as reads
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.queries.progress import class_here


@requires(OBSERVE)
@require_GET
def observe(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int) -> HttpResponse:
    """The whole class, one row a pupil."""
    campaign = _campaign_or_404(request, campaign_id)
    school_class = class_here(request.actor, class_id)
    if school_class is None:
        raise Http404
    context = {
        "campaign": campaign,
        "school_class": school_class,
        "rows": reads.class_rows(request.actor, campaign, school_class),
        "window": reads.running(request.actor, campaign, now=timezone.now()),
        "longest": actions.LONGEST_SENTENCE,
    }
    return render(request, "screening/second/observe.html", context)


@requires(OBSERVE)
@require_POST
def observe_pupil(request: HttpRequest, slug: str, campaign_id: UUID, student_id: UUID) -> HttpResponse:
    """Save one row; the page stays where it is when the browser can do that."""
    campaign = _campaign_or_404(request, campaign_id)
    row = reads.pupil_row(request.actor, campaign, student_id)
    if row is None:
        raise Http404
    fault = _saved(request, campaign, student_id)
    if request.htmx:
        return render(request, "screening/second/observed.html", {"fault": fault, "at": timezone.now()})
    if fault:
        messages.error(request, fault)
    return redirect("screening:observe", slug=slug, campaign_id=campaign_id, class_id=row.class_id)


def _saved(request: HttpRequest, campaign: Campaign, student_id: UUID) -> str:
    """Empty when it is written down, otherwise why not."""
    marks = marked([request.POST.get(f"mark-{number}", "") for number in range(reads.ASKED)])
    sentence = request.POST.get("sentence", "").replace("\x00", "").strip()
    given = {"campaign": campaign, "student_id": student_id, "marks": marks, "sentence": sentence}
    try:
        actions.observe(**given, by=request.actor, now=timezone.now())
    except actions.NotRunning:
        return _("观察已经结束，这一行没有保存。")
    except actions.TooLong:
        return _("一句话请不超过 %(most)s 个字，这一行没有保存。") % {"most": actions.LONGEST_SENTENCE}
    return ""


def _campaign_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = campaign_at_school(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found
