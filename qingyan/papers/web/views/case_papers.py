"""Papers of one case: which there are, and each as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qingyan.cases.api import LetterRefused
from qingyan.foundation.access.views import requires
from qingyan.papers.actions.printing import (
    KINDS,
    PDF,
    NoSuchPaper,
    Outgoing,
    Printable,
    print_letter,
    print_of_case,
    printables,
)
from qingyan.papers.policy import MAKE_LETTERS, MAKE_PAPERS
from qingyan.papers.rules.forms import MEETING, form
from qingyan.papers.web.files import paper_response


@requires(MAKE_PAPERS)
def of_case(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every paper that this person can make of the case; the look is recorded."""
    withheld, found = printables(case_id=case_id, by=request.actor, now=timezone.now())
    lines = [{"title": form(one.form).title, "at": one.at, "files": _files(slug, case_id, one)} for one in found]
    return render(request, "papers/of_case.html", {"case_id": case_id, "lines": lines, "withheld": withheld})


@requires(MAKE_LETTERS)
@require_safe
def letter(request: HttpRequest, slug: str, case_id: UUID, letter: str, number: int, kind: str) -> HttpResponse:
    """A talk's record or the letter home, as PDF or Word."""
    if letter == MEETING:
        raise Http404
    return _file(request, case_id, Printable(letter, number, ""), kind)


@requires(MAKE_LETTERS)
@require_POST
def referral_letter(request: HttpRequest, slug: str, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """The letter that goes out: its codes exist from now on, and only on this paper."""
    address = request.build_absolute_uri(reverse("cases:receiver_door", kwargs={"slug": slug}))
    asked = Outgoing(case_id, referral_id, again="again" in request.POST)
    try:
        made = print_letter(asked=asked, address=address, by=request.actor, now=timezone.now())
    except LetterRefused as refusal:
        messages.info(request, str(refusal))
        return redirect("cases:referrals", slug=slug, case_id=case_id)
    return paper_response(request, made, PDF)


@requires(MAKE_PAPERS)
@require_safe
def minutes(request: HttpRequest, slug: str, case_id: UUID, number: int, kind: str) -> HttpResponse:
    """The minutes of a meeting, as PDF or Word."""
    return _file(request, case_id, Printable(MEETING, number, ""), kind)


def _files(slug: str, case_id: UUID, one: Printable) -> list[tuple[str, str]]:
    parts = {"slug": slug, "case_id": case_id, "number": one.number}
    view = "papers:minutes" if one.form == MEETING else "papers:letter"
    more = {} if one.form == MEETING else {"letter": one.form}
    return [(kind, reverse(view, kwargs=parts | more | {"kind": kind})) for kind in KINDS]


def _file(request: HttpRequest, case_id: UUID, asked: Printable, kind: str) -> HttpResponse:
    try:
        made = print_of_case(case_id=case_id, asked=asked, kind=kind, by=request.actor, now=timezone.now())
    except NoSuchPaper:
        messages.info(request, _("没有这份材料，请看看现在的情况。"))
        return redirect("papers:of_case", slug=request.school.slug, case_id=case_id)
    return paper_response(request, made, kind)
