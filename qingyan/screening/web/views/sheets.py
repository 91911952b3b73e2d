"""A pupil's sheet: the answering page, the calm page, stop, go on, ask for a talk, done. Answers go to web/lean."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qingyan.screening.actions import sittings as actions
from qingyan.screening.models import Sitting
from qingyan.screening.queries.tests import (
    answered_on,
    own_sitting,
    page_of_sheet,
    receipt_of,
    takes_answers,
    tests_for,
)
from qingyan.screening.web.pupils_page import pupils_page
from qingyan.screening.web.sealed import page_keys
from qingyan.screening.workflow import FINISHED, STOPPED


@pupils_page
def sheet(request: HttpRequest, slug: str, sitting_id: UUID) -> HttpResponse:
    """The questions, from where the pupil left off, on whatever machine."""
    sitting = _sitting_or_404(request, sitting_id)
    if sitting.state == FINISHED:
        return redirect("screening:done", slug=slug, sitting_id=sitting_id)
    if sitting.state == STOPPED or not takes_answers(sitting, timezone.now()):
        return redirect("screening:pause", slug=slug, sitting_id=sitting_id)
    page = page_of_sheet(request.actor, sitting)
    answering = {**page, **page_keys(sitting_id), **_addresses(slug, sitting_id)}
    return render(request, "screening/answering.html", {"answering": answering})


@pupils_page
def pause(request: HttpRequest, slug: str, sitting_id: UUID) -> HttpResponse:
    """The calm page: everything is saved; go on, leave it, or ask for a talk."""
    return _calm_page(request, _sitting_or_404(request, sitting_id))


@pupils_page
@require_POST
def stop(request: HttpRequest, slug: str, sitting_id: UUID) -> HttpResponse:
    """Leave it for now."""
    sitting = actions.stop(sitting=_sitting_or_404(request, sitting_id), by=request.actor, now=timezone.now())
    return redirect("screening:pause", slug=slug, sitting_id=sitting.id)


@pupils_page
@require_POST
def resume(request: HttpRequest, slug: str, sitting_id: UUID) -> HttpResponse:
    """Go on."""
    sitting = actions.resume(sitting=_sitting_or_404(request, sitting_id), by=request.actor, now=timezone.now())
    return redirect("screening:sheet", slug=slug, sitting_id=sitting.id)


@pupils_page
@require_POST
def ask_for_help(request: HttpRequest, slug: str, sitting_id: UUID) -> HttpResponse:
    """Ask that a teacher comes and talks."""
    sitting = _sitting_or_404(request, sitting_id)
    actions.ask_for_help(sitting=sitting, by=request.actor, now=timezone.now())
    return _calm_page(request, sitting, asked=True)


@pupils_page
def done(request: HttpRequest, slug: str, sitting_id: UUID) -> HttpResponse:
    """Thank you; no score, no colour."""
    sitting = _sitting_or_404(request, sitting_id)
    if sitting.state != FINISHED:
        return redirect("screening:sheet", slug=slug, sitting_id=sitting_id)
    receipt = receipt_of(request.actor, sitting)
    left = [one for one in tests_for(request.actor, now=timezone.now()) if not one.finished]
    return render(request, "screening/done.html", {"sitting": sitting, "left": left, "receipt": receipt})


def _calm_page(request: HttpRequest, sitting: Sitting, **more: Any) -> HttpResponse:
    context = {
        "sitting": sitting,
        "stopped": sitting.state == STOPPED,
        "answered": answered_on(request.actor, sitting),
        "finished": sitting.state == FINISHED,
        "is_open": takes_answers(sitting, timezone.now()),
        **more,
    }
    return render(request, "screening/pause.html", context)


def _addresses(slug: str, sitting_id: UUID) -> dict[str, Any]:
    return {
        "saveUrl": "/a/save",
        "finishUrl": "/a/finish",
        "sealedUrl": "/a/sealed",
        "now": int(timezone.now().timestamp() * 1000),
        "pauseUrl": reverse("screening:pause", args=[slug, sitting_id]),
        "doneUrl": reverse("screening:done", args=[slug, sitting_id]),
    }


def _sitting_or_404(request: HttpRequest, sitting_id: UUID) -> Sitting:
    found = own_sitting(request.actor, sitting_id)
    if found is None:
        raise Http404
    return found
