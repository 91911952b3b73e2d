"""Keying in one form: the page, one item at a time, the end, and where two entries differ. Codes, never a name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.foundation.access.views import requires
from qingyan.screening.actions import keying as actions
from qingyan.screening.policy import KEY_PAPER
from qingyan.screening.queries.paper import differences_of, entry_of, form_to_key, items_on
from qingyan.screening.web.words import PAPER_FAULTS, PAPER_WORDS


@requires(KEY_PAPER)
def keying(request: HttpRequest, slug: str, form_id: UUID) -> HttpResponse:
    """The numbers of the ticked boxes, in the order of the paper."""
    form = form_to_key(request.actor, form_id, now=timezone.now())
    entry = entry_of(request.actor, form)
    lines = [{"item": item, "box": item.number_of(entry[item.index]) or ""} for item in items_on(form)]
    return render(request, "screening/testday/keying.html", {"form": form, "lines": lines})


@requires(KEY_PAPER)
@require_POST
def key(request: HttpRequest, slug: str, form_id: UUID) -> HttpResponse:
    """Store one item; 204 when it is stored, 422 with words when it is not."""
    form_to_key(request.actor, form_id, now=timezone.now())  # whoever may not see it hears nothing about its boxes
    try:
        number, box = int(request.POST.get("number", "")), int(request.POST.get("box", ""))
        actions.key(form_id=form_id, number=number, box=box, by=request.actor, now=timezone.now())
    except (ValueError, KeyError):
        return HttpResponse(_("没有这个方框，请看一眼纸上的编号。"), status=422)
    except actions.CannotKey as fault:
        return HttpResponse(PAPER_FAULTS[fault.code], status=422)
    return HttpResponse(status=204)


@requires(KEY_PAPER)
@require_POST
def finish(request: HttpRequest, slug: str, form_id: UUID) -> HttpResponse:
    """Everything on the page is stored once more, then this entry is done."""
    form = form_to_key(request.actor, form_id, now=timezone.now())
    try:
        for item in items_on(form):
            typed = request.POST.get(f"box{item.number}", "").strip()
            actions.key(
                form_id=form_id, number=item.number, box=int(typed or "0"), by=request.actor, now=timezone.now()
            )
        state = actions.finish(form_id=form_id, by=request.actor, now=timezone.now())
        messages.success(request, PAPER_WORDS[state])
    except (ValueError, KeyError):
        messages.error(request, _("第 %(number)s 题没有这个方框，请看一眼纸上的编号。") % {"number": item.number})
        return redirect("screening:keying", slug=slug, form_id=form_id)
    except actions.CannotKey as fault:
        messages.error(request, PAPER_FAULTS[fault.code])
    return redirect("screening:papers", slug=slug, campaign_id=form.campaign_id)


@requires(KEY_PAPER)
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, slug: str, form_id: UUID) -> HttpResponse:
    """Where the two entries differ, beside each other; somebody takes the paper and decides."""
    form = form_to_key(request.actor, form_id, now=timezone.now())
    found = differences_of(request.actor, form)
    if request.method == "GET":
        return render(request, "screening/testday/compare.html", {"form": form, "found": found})
    given = {one.item.number: request.POST.get(f"box{one.item.number}", "") for one in found}
    try:
        boxes = {number: int(box) for number, box in given.items()}
        actions.resolve(form_id=form_id, boxes=boxes, by=request.actor, now=timezone.now())
    except (ValueError, KeyError):
        context = {"form": form, "found": found, "nothing": True}
        return render(request, "screening/testday/compare.html", context, status=422)
    messages.success(request, PAPER_WORDS["taken_over"])
    return redirect("screening:papers", slug=slug, campaign_id=form.campaign_id)
