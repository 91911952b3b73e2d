"""The care after an incident: the list, one incident's page, and what is added to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.cases.actions import postvening
from qingyan.cases.policy import RUN_POSTVENTION
from qingyan.cases.queries.postventions import care_page, cares_for, class_ids, kinds, postvention_pack, staff_ids
from qingyan.cases.web.forms_postvention import BeginForm, DutyForm, RingForm, TalkForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import page_of

PARTS = {"ring": RingForm, "talk": TalkForm, "duty": DutyForm}


@requires(RUN_POSTVENTION)
def postventions(request: HttpRequest, slug: str) -> HttpResponse:
    """The school's incidents, and a new one."""
    now = timezone.now()
    form = _form(BeginForm, request, initial={"happened_at": timezone.localtime(now)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"media_owner": UUID(form.cleaned_data["media_owner"])}
        try:
            care = postvening.begin(**given, by=request.actor, now=now)
            return redirect("cases:postvention", slug=slug, care_id=care.id)
        except postvening.Unfit:
            form.add_error("happened_at", _("时间不能在将来。"))
    page = page_of(cares_for(request.actor), request.GET)
    context = {"page": page, "words": kinds(), "form": form, "pack": postvention_pack()}
    return render(request, "cases/postventions.html", context, status=422 if form.errors else 200)


@requires(RUN_POSTVENTION)
def postvention(request: HttpRequest, slug: str, care_id: UUID) -> HttpResponse:
    """One incident's care; the look is recorded."""
    now = timezone.now()
    care = postvening.open_care(care_id=care_id, by=request.actor, now=now)
    context = {"page": care_page(care, now), "pack": postvention_pack()}
    return render(request, "cases/postvention.html", context)


@requires(RUN_POSTVENTION)
def postvention_add(request: HttpRequest, slug: str, care_id: UUID, part: str) -> HttpResponse:
    """A group, a talk with a class, or duty."""
    if part not in PARTS:
        raise Http404
    now = timezone.now()
    care = postvening.open_care(care_id=care_id, by=request.actor, now=now)
    form = _form(PARTS[part], request)
    if request.method == "POST" and form.is_valid():
        try:
            _added(part, care, form.cleaned_data, request.actor, now)
            return redirect("cases:postvention", slug=slug, care_id=care.id)
        except postvening.Unfit:
            form.add_error(None, _("请检查时间和人员。"))
    context = {"care": care, "form": form}
    return render(request, "cases/postvention_form.html", context, status=422 if form.errors else 200)


@requires(RUN_POSTVENTION)
@require_POST
def postvention_done(request: HttpRequest, slug: str, care_id: UUID) -> HttpResponse:
    """An item of the list was done, or a talk was held."""
    now = timezone.now()
    care = postvening.open_care(care_id=care_id, by=request.actor, now=now)
    try:
        if request.POST.get("talk"):
            postvening.hold_talk(care=care, talk_id=UUID(request.POST["talk"]), by=request.actor, now=now)
        else:
            postvening.tick(care=care, item=request.POST.get("item", ""), by=request.actor, now=now)
    except (postvening.Unfit, ValueError) as wrong:
        raise Http404 from wrong
    messages.success(request, _("已记下。"))
    return redirect("cases:postvention", slug=slug, care_id=care.id)


def _form(kind, request: HttpRequest, **more):
    now, actor = timezone.now(), request.actor
    return kind(request.POST or None, staff=staff_ids(actor, now), classes=class_ids(actor, now), **more)


def _added(part: str, care, given: dict, by, now) -> None:
    if part == "ring":
        group = postvening.Group(**given | {"carer": UUID(given["carer"])})
        postvening.add_ring(care=care, group=group, by=by, now=now)
    elif part == "talk":
        postvening.plan_talk(care=care, **given | {"leader": UUID(given["leader"])}, by=by, now=now)
    else:
        hours, account = (given["starts_at"], given["ends_at"]), UUID(given["account"])
        postvening.set_duty(care=care, account=account, hours=hours, place=given["place"], by=by, now=now)
