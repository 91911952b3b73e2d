"""The invigilator's seat board: seat a class, watch, help given, somebody else's sheet. No answer, score or reason."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.foundation.access.views import requires
from qingyan.organisations.api import SchoolClass
from qingyan.screening.actions import seating as actions
from qingyan.screening.models import Campaign
from qingyan.screening.policy import READ_SET_ASIDE, SEE_SEATS
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.queries.progress import class_here
from qingyan.screening.queries.seats import begun_by, board_of, seat_of, set_aside_in
from qingyan.screening.web.words import SET_ASIDE_COLUMNS


@requires(SEE_SEATS)
def seats(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int) -> HttpResponse:
    """The room: every pupil of the class as a seat."""
    campaign, school_class = _round_or_404(request, campaign_id), _class_or_404(request, class_id)
    board = board_of(request.actor, campaign, school_class)
    return render(request, "screening/testday/seats.html", _context(campaign, school_class, board))


@requires(SEE_SEATS)
def board(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int) -> HttpResponse:
    """The seats alone, asked every few seconds; 204 when nothing has changed, so that nobody loses the place."""
    campaign, school_class = _round_or_404(request, campaign_id), _class_or_404(request, class_id)
    found = board_of(request.actor, campaign, school_class)
    if request.GET.get("seen") == found.mark:
        return HttpResponse(status=204)
    return render(request, "screening/testday/board.html", _context(campaign, school_class, found))


@requires(SEE_SEATS)
@require_POST
def seat_class(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int) -> HttpResponse:
    """Give the pupils of the class their seats."""
    campaign, school_class = _round_or_404(request, campaign_id), _class_or_404(request, class_id)
    masked = request.POST.get("names") == "masked"
    try:
        made = actions.seat_class(
            campaign=campaign, school_class=school_class, masked=masked, by=request.actor, now=timezone.now()
        )
        messages.success(request, _("已排好 %(count)s 个座位。") % {"count": made})
    except actions.NotOpen:
        messages.error(request, _("这次测评没有开放，不能排座位。"))
    return redirect("screening:seats", slug=slug, campaign_id=campaign_id, class_id=class_id)


@requires(SEE_SEATS)
@require_POST
def help_given(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int, sitting_id: UUID) -> HttpResponse:
    """Somebody has gone there."""
    _round_or_404(request, campaign_id)
    _class_or_404(request, class_id)
    actions.give_help(sitting_id=sitting_id, by=request.actor, now=timezone.now())
    return redirect("screening:seats", slug=slug, campaign_id=campaign_id, class_id=class_id)


@requires(SEE_SEATS)
@require_http_methods(["GET", "POST"])
def someone_else(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int, student_id: UUID) -> HttpResponse:
    """The wrong pupil sat here: which sheets to set aside."""
    campaign, school_class = _round_or_404(request, campaign_id), _class_or_404(request, class_id)
    seat = seat_of(request.actor, campaign, student_id)
    if seat is None or seat.school_class_id != school_class.id:
        raise Http404
    begun = begun_by(request.actor, seat)
    chosen = [one.id for one in begun if str(one.id) in request.POST.getlist("sitting")]
    if chosen:
        actions.set_aside(sitting_ids=chosen, by=request.actor, now=timezone.now())
        messages.success(request, _("已搁置。请本人重新登录，从头作答。"))
        return redirect("screening:seats", slug=slug, campaign_id=campaign_id, class_id=class_id)
    context = {"campaign": campaign, "school_class": school_class, "seat": seat, "begun": begun}
    nothing = request.method == "POST"
    return render(
        request, "screening/testday/someone_else.html", {**context, "nothing": nothing}, status=422 if nothing else 200
    )


@requires(READ_SET_ASIDE)
def set_aside(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """For the counsellor: the sheets that were set aside."""
    campaign = _round_or_404(request, campaign_id)
    rows = set_aside_in(request.actor, campaign)
    context = {"campaign": campaign, "rows": rows, "columns": SET_ASIDE_COLUMNS}
    return render(request, "screening/testday/set_aside.html", context)


def _context(campaign: Campaign, school_class: SchoolClass, found) -> dict:
    return {"campaign": campaign, "school_class": school_class, "board": found}


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
