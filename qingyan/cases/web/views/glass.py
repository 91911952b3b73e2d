"""One pupil's identity, opened by an officer for an hour; the list of openings and their review."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.cases.actions.breaking_glass import break_glass, look_at_glasses, look_through, review
from qingyan.cases.actions.overseeing import look_at_thread
from qingyan.cases.policy import BREAK_GLASS, LOOK_THROUGH, OVERSEE, REVIEW_GLASS
from qingyan.cases.queries.crisis_packs import crisis
from qingyan.cases.queries.glasses import glass_lines, glasses_for, reviewed_line
from qingyan.cases.web.forms_glass import GlassForm, GlassReviewForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of
from qingyan.organisations import api as organisations


@requires(BREAK_GLASS)
def breaking(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """State the purpose, prove who you are; the school is told before anything is shown."""
    now = timezone.now()
    thread = look_at_thread(thread_id=thread_id, by=request.actor, now=now)
    form = GlassForm(request.POST or None, pack=crisis(), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            glass = break_glass(thread_id=thread_id, terms=form.terms(), proved_at=now, by=request.actor, now=now)
            return redirect("cases:glass", glass_id=glass.id)
        except NotAllowed:
            messages.info(request, _("这件事已经终报，不能再打开身份。"))
            return redirect("cases:overseen", thread_id=thread_id)
    context = {"thread": thread, "form": form, "rules": crisis().glass}
    return render(request, "cases/glass_form.html", context, status=422 if form.errors else 200)


@requires(LOOK_THROUGH)
def glass(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Who it is, as long as the hour lasts; each look is recorded first."""
    now = timezone.now()
    opened, pupil = look_through(glass_id=glass_id, by=request.actor, now=now)
    classes = {one.id: str(one) for one in organisations.classes_of(pupil.school, now=now)}
    context = {"glass": opened, "pupil": pupil, "school_class": classes.get(pupil.school_class, "—")}
    return render(request, "cases/glass.html", context | {"now": timezone.localtime(now)})


@requires(OVERSEE)
def glasses(request: HttpRequest) -> HttpResponse:
    """Every opening, those that wait for a review first; the look is recorded."""
    now = timezone.now()
    page = page_of(glasses_for(request.actor), request.GET)
    look_at_glasses(shown=len(page.object_list), by=request.actor, now=now)
    context = {"page": page, "lines": glass_lines(request.actor, list(page.object_list), now)}
    return render(request, "cases/glasses.html", context)


@requires(REVIEW_GLASS)
def glass_review(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Another officer's word on one opening."""
    now = timezone.now()
    line = reviewed_line(request.actor, glass_id, now)
    form = GlassReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review(glass_id=glass_id, **form.cleaned_data, by=request.actor, now=now)
        messages.success(request, _("复核已记下，学校和打开的人收到了提醒。"))
        return redirect("cases:glasses")
    context = {"line": line, "form": form}
    return render(request, "cases/glass_review.html", context, status=422 if form.errors else 200)
