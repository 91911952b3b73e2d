"""Forms on paper at a round: the list, printing, the helper, blank forms, voiding."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.documents.api import pdf_response
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.screening.actions import paper as actions
from qingyan.screening.models import Campaign
from qingyan.screening.policy import KEY_PAPER, MANAGE_PAPER
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.queries.paper import batch_of, counsels, forms_of
from qingyan.screening.queries.progress import class_here, progress_here
from qingyan.screening.web.forms_paper import PaperOrderForm
from qingyan.screening.web.paper_pdf import paper_pdf
from qingyan.screening.web.words import PAPER_COLUMNS, PAPER_FAULTS


@requires(KEY_PAPER)
def papers(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Every form of the round for the counsellor; for a helper those to key, by code."""
    campaign = _round_or_404(request, campaign_id)
    rows = forms_of(request.actor, campaign, now=timezone.now())
    context = {
        "campaign": campaign,
        "page": page_of(rows, request.GET),
        "columns": PAPER_COLUMNS,
        "counsels": counsels(request.actor),
        "classes": [line.school_class for line in progress_here(request.actor, campaign)],
    }
    return render(request, "screening/testday/papers.html", context)


@requires(MANAGE_PAPER)
@require_http_methods(["GET", "POST"])
def print_papers(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int) -> HttpResponse:
    """Which instrument, for whom, how many blank ones."""
    campaign, school_class = _round_or_404(request, campaign_id), _class_or_404(request, class_id)
    pupils = people.pupils_of_class(request.actor, school_class.id)
    form = PaperOrderForm(campaign, school_class, pupils, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.print_forms(order=form.order(), by=request.actor, now=timezone.now())
        except actions.Unfit as unfit:
            form.add_error(None, PAPER_FAULTS[unfit.code])
        else:
            return redirect("screening:paper_batch", slug=slug, campaign_id=campaign_id, batch_id=batch)
    context = {"campaign": campaign, "school_class": school_class, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "screening/testday/paper_print.html", context, status=status)


@requires(MANAGE_PAPER)
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, slug: str, campaign_id: UUID, batch_id: UUID) -> HttpResponse:
    """One printing: the PDF, and who may help to key it."""
    campaign, forms = _round_or_404(request, campaign_id), batch_of(request.actor, batch_id)
    now = timezone.now()
    helpers = people.helpers_here(request.actor, timezone.localdate(now))
    chosen = next((one for one, _name in helpers if str(one) == request.POST.get("helper")), None)
    if chosen:
        actions.name_helper(batch=batch_id, account_id=chosen, by=request.actor, now=now)
        messages.success(request, _("已指定。这位老师 7 天内可以录入这一批，只看得到编号，看不到名字。"))
        return redirect("screening:paper_batch", slug=slug, campaign_id=campaign_id, batch_id=batch_id)
    if "signed" in request.POST:
        signed = [form.id for form in forms if str(form.id) in request.POST.getlist("signed")]
        actions.note_assent(batch=batch_id, form_ids=signed, by=request.actor, now=now)
        messages.success(request, _("已记下：封面上有本人签名。"))
        return redirect("screening:paper_batch", slug=slug, campaign_id=campaign_id, batch_id=batch_id)
    context = {"campaign": campaign, "forms": forms, "batch_id": batch_id, "helpers": helpers}
    return render(request, "screening/testday/paper_batch.html", context)


@requires(MANAGE_PAPER)
def batch_pdf(request: HttpRequest, slug: str, campaign_id: UUID, batch_id: UUID) -> HttpResponse:
    """The forms to print."""
    campaign, forms = _round_or_404(request, campaign_id), batch_of(request.actor, batch_id)
    return pdf_response(paper_pdf(campaign, forms, request.school, by=request.actor), file_name="forms.pdf")


@requires(MANAGE_PAPER)
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, slug: str, campaign_id: UUID, form_id: UUID) -> HttpResponse:
    """Whose blank form this is."""
    campaign = _round_or_404(request, campaign_id)
    line = next((one for one in forms_of(request.actor, campaign, now=timezone.now()) if one.form.id == form_id), None)
    if line is None:
        raise Http404
    pupils = people.pupils_of_class(request.actor, line.form.school_class_id)
    chosen = next((one.id for one in pupils if str(one.id) == request.POST.get("student")), None)
    if chosen:
        try:
            actions.assign(form_id=form_id, student_id=chosen, by=request.actor, now=timezone.now())
        except actions.Unfit as unfit:
            messages.error(request, PAPER_FAULTS[unfit.code])
        return redirect("screening:papers", slug=slug, campaign_id=campaign_id)
    context = {"campaign": campaign, "line": line, "pupils": pupils}
    return render(request, "screening/testday/paper_assign.html", context)


@requires(MANAGE_PAPER)
@require_POST
def void(request: HttpRequest, slug: str, campaign_id: UUID, form_id: UUID) -> HttpResponse:
    """Nobody will key this one."""
    _round_or_404(request, campaign_id)
    try:
        actions.void(form_id=form_id, by=request.actor, now=timezone.now())
    except (actions.Unfit, NotAllowed):
        messages.error(request, PAPER_FAULTS["taken"])
    return redirect("screening:papers", slug=slug, campaign_id=campaign_id)


def _round_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = campaign_at_school(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found


def _class_or_404(request: HttpRequest, class_id: int) -> SchoolClass:
    found = class_here(request.actor, class_id)
    if found is None:
        raise Http404
    return found
