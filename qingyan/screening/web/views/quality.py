"""How the sheets of a round were answered: by class, the doubtful ones, what to make of each. Counsellors only."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of
from qingyan.foundation.web.workbook import workbook_response
from qingyan.screening.actions import answering as actions
from qingyan.screening.models import Campaign, Reading
from qingyan.screening.policy import JUDGE_ANSWERING
from qingyan.screening.queries import quality as reads
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.web.quality_words import CLASS_COLUMNS, SHEET_COLUMNS, class_book, in_words

DECIDED = {
    False: gettext_noop("已记下。得分和预警没有改变。"),
    True: gettext_noop("已私下请他再做：下次登录时会看到，14 天内有效。第一份照常保留，得分和预警没有改变。"),
}
CHOICES = [(code, words) for code, words in Reading.choices if code != Reading.OPEN]


@requires(JUDGE_ANSWERING)
@require_GET
def answering(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The map of classes and the doubtful sheets; the look is recorded."""
    one = _campaign_or_404(request, campaign_id)
    page = page_of(reads.doubtful(request.actor, one), request.GET)
    actions.look(campaign=one, shown=len(page.object_list), by=request.actor, now=timezone.now())
    context = {
        "campaign": one,
        "judged": reads.judged(request.actor, one),
        "lines": reads.by_class(request.actor, one),
        "page": page,
        "sheets": _lines(page),
        "columns": CLASS_COLUMNS,
        "sheet_columns": SHEET_COLUMNS,
        "choices": CHOICES,
    }
    return render(request, "screening/answering_quality.html", context)


@requires(JUDGE_ANSWERING)
@require_GET
def progress(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """How far the judging is; asked for every other second while it runs."""
    one = _campaign_or_404(request, campaign_id)
    context = {"campaign": one, "judged": reads.judged(request.actor, one)}
    return render(request, "screening/answering_quality.html#progress", context)


@requires(JUDGE_ANSWERING)
@require_POST
def check(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Judge all finished sheets (again), in the background."""
    one = _campaign_or_404(request, campaign_id)
    actions.ask(campaign=one, schools=[request.school.id], by=request.actor, now=timezone.now())
    messages.success(request, _("已开始核对，一般几秒钟就好。可以离开这一页。"))
    return redirect("screening:answering", slug=slug, campaign_id=campaign_id)


@requires(JUDGE_ANSWERING)
@require_POST
def decide(request: HttpRequest, slug: str, sitting_id: UUID) -> HttpResponse:
    """What the counsellor makes of a doubtful sheet."""
    found = reads.verdict_of(request.actor, sitting_id)
    reading = request.POST.get("reading", "")
    if found is None or reading not in dict(CHOICES):
        raise Http404
    try:
        actions.decide(quality=found, reading=Reading(reading), by=request.actor, now=timezone.now())
        messages.success(request, _(DECIDED[reading == Reading.AGAIN]))
    except NotAllowed:
        messages.error(request, _("这份本来就是请他再做的，不能再请一次。"))
    return redirect("screening:answering", slug=slug, campaign_id=found.campaign_id)


@requires(JUDGE_ANSWERING)
@require_GET
def class_workbook(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The map of classes as XLSX."""
    one = _campaign_or_404(request, campaign_id)
    content = class_book(one, reads.by_class(request.actor, one), by=request.actor, now=timezone.now())
    return workbook_response(content, file_name="answering.xlsx")


def _lines(page: Page) -> list[dict]:
    again = reads.done_again([one.pk for one in page.object_list])
    return [{"quality": one, "reasons": in_words(one), "again": again.get(one.pk)} for one in page.object_list]


def _campaign_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = campaign_at_school(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found
