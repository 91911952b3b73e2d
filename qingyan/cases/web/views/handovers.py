"""Cases that go from one counsellor to another: what waits for me, what I offered, and offering all at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qingyan.cases.actions import offering
from qingyan.cases.actions.opening import NoCounsellor
from qingyan.cases.policy import ANSWER_HANDOVER, OPEN_CASE, READ_HANDOVERS, TAKE_BACK
from qingyan.cases.queries.handovers import carriers, offered_by, offered_to
from qingyan.cases.queries.owners import counsellors
from qingyan.cases.web.forms_handovers import AnswerForm, OfferAllForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.access.visibility import sees
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of


@requires(READ_HANDOVERS)
def handovers(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, what was offered; the look is recorded."""
    page, mine = page_of(offered_to(request.actor), request.GET), offered_by(request.actor)
    reasons = sees(request.actor, "case.handover", {"receives"})
    shown = len(page.object_list) + len(mine)
    offering.look_at_handovers(shown=shown, by=request.actor, now=timezone.now())
    return render(
        request, "cases/handovers.html", {"page": page, "mine": mine, "form": AnswerForm(), "reasons": reasons}
    )


@requires(ANSWER_HANDOVER)
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept or decline those that are ticked."""
    form, now = AnswerForm(request.POST), timezone.now()
    if not form.is_valid() or not (ids := form.chosen(request.POST)):
        messages.warning(request, _("请先勾选个案；不能接手时请写一句原因。"))
    elif form.cleaned_data["said"] == "accept":
        count = offering.accept(ids=ids, by=request.actor, now=now)
        messages.success(request, ngettext("已接手 %(n)d 个个案。", "已接手 %(n)d 个个案。", count) % {"n": count})
    else:
        offering.decline(ids=ids, reason=form.cleaned_data["reason"], by=request.actor, now=now)
        messages.success(request, _("已告诉对方，个案仍由原来的老师负责。"))
    return redirect("cases:handovers", slug=slug)


@requires(OPEN_CASE)
def offer_all(request: HttpRequest, slug: str) -> HttpResponse:
    """All cases of oneself, or of somebody who has left, to one colleague."""
    now = timezone.now()
    form = OfferAllForm(
        request.POST or None,
        carriers=carriers(request.actor, now),
        counsellors=counsellors(request.actor, now),
        me=request.actor.id,
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = offering.offer_all(**form.given(), by=request.actor, now=now)
        except (NoCounsellor, NotAllowed):
            form.add_error("owner", _("请给今天在本校任职的另一位心理教师。"))
        else:
            words = ngettext("%(n)d 个个案等对方接手。", "%(n)d 个个案等对方接手。", count)
            messages.success(request, words % {"n": count})
            return redirect("cases:handovers", slug=slug)
    return render(request, "cases/offer_all.html", {"form": form}, status=422 if form.errors else 200)


@requires(TAKE_BACK)
@require_POST
def take_back(request: HttpRequest, slug: str, handover_id: UUID) -> HttpResponse:
    """The offer is taken back."""
    offering.take_back(handover_id=handover_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已收回。"))
    return redirect("cases:handovers", slug=slug)
