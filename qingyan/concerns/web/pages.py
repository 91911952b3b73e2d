"""The pages of a box, the same for both circles: the list, one report, and what can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.concerns.actions import handling
from qingyan.concerns.contracts import Outcome
from qingyan.concerns.queries import reports as queries
from qingyan.concerns.queries.boxes import Box
from qingyan.concerns.web.forms import AnswerForm, CloseForm, FindForm
from qingyan.foundation.pure.printed_codes import printed
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import asked_for, kept, page_of
from qingyan.foundation.web.ways_on import ways_on, went_on
from qingyan.people import api as people

MOST_FOUND = 20


def list_page(request: HttpRequest, box: Box) -> HttpResponse:
    """Reports of the box; no word of any of them."""
    state = asked_for(request.GET, "state") or queries.OPEN
    page = page_of(queries.listed(request.actor, box, state), request.GET)
    lines = queries.lines(request.actor, list(page.object_list))
    handling.look_at_list(box=box, shown=len(lines), by=request.actor, now=timezone.now())
    words = (("open", _("没有结束的")), ("closed", _("已结束")), ("all", _("全部")))
    tabs = [{"label": word, "url": f"?state={code}", "current": code == state, "count": None} for code, word in words]
    rows = [(line, _address(request, box, line.id)) for line in lines]
    context = {"page": page, "rows": rows, "tabs": tabs, "query": kept(request.GET), "circle": box.circle.value}
    return render(request, "concerns/list.html", context)


def report_page(request: HttpRequest, box: Box, report_id: UUID, **more: Any) -> HttpResponse:
    """One report; the look is recorded first."""
    report = handling.open_report(box=box, report_id=report_id, by=request.actor, now=timezone.now())
    (line,) = queries.lines(request.actor, [report])
    ids = {one for one in (report.pupil, report.writer) if one}
    pupils = people.pupils(request.actor, ids)
    context: dict[str, Any] = {
        "report": report,
        "line": line,
        "number": printed(report.number),
        "pupil": pupils.get(report.pupil),
        "moved": report.pupil is not None and report.pupil not in pupils,
        "writer": pupils.get(report.writer),
        "thread": queries.thread(box, report),
        "circle": box.circle.value,
        "ways_on": ways_on(box.route, request.actor) if report.pupil in pupils else [],
        "went_on": went_on(box.route, request.actor, report.id, request.school.slug),
        "verbs": {verb.replace("-", "_"): _deed(request, box, report_id, verb) for verb in DEEDS},
        "answer": AnswerForm(),
        "close": CloseForm(),
        "find": FindForm(),
        **more,
    }
    wrong = any(isinstance(one, forms.Form) and one.errors for one in more.values())
    return render(request, "concerns/one.html", context, status=422 if wrong else 200)


def do(request: HttpRequest, box: Box, report_id: UUID, verb: str) -> HttpResponse:
    """One deed, then the report again. A step that is not possible any more says so."""
    if verb not in DEEDS:
        raise Http404
    try:
        wrong = DEEDS[verb](request, box, report_id)
    except NotAllowed:
        messages.error(request, _("这一步现在做不了，可能刚才已经有人处理。请看看现在的情况。"))
        wrong = None
    if wrong:
        return report_page(request, box, report_id, **wrong)
    return redirect(_address(request, box, report_id))


Deed = Callable[[HttpRequest, Box, UUID], dict[str, Any] | None]


def _take(request: HttpRequest, box: Box, report_id: UUID) -> None:
    handling.take(box=box, report_id=report_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已记为由你处理。"))


def _answer(request: HttpRequest, box: Box, report_id: UUID) -> dict[str, Any] | None:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return {"answer": form}
    text = form.cleaned_data["text"]
    handling.answer(box=box, report_id=report_id, text=text, by=request.actor, now=timezone.now())
    messages.success(request, _("已回信。写信的人凭取信码看到。"))
    return None


def _close(request: HttpRequest, box: Box, report_id: UUID) -> dict[str, Any] | None:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return {"close": form}
    outcome, note = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
    handling.close(box=box, report_id=report_id, outcome=outcome, note=note, by=request.actor, now=timezone.now())
    messages.success(request, _("已结束。"))
    return None


def _find(request: HttpRequest, box: Box, report_id: UUID) -> dict[str, Any]:
    """The name is sent, not put into the address."""
    form = FindForm(request.POST)
    if not form.is_valid():
        return {"find": form}
    return {
        "find": form,
        "found": people.find_pupils(request.actor, name=form.cleaned_data["name"])[:MOST_FOUND],
        "looked": True,
    }


def _name(request: HttpRequest, box: Box, report_id: UUID) -> None:
    try:
        student = UUID(request.POST.get("student", ""))
    except ValueError:
        raise Http404 from None
    handling.name_pupil(box=box, report_id=report_id, student_id=student, by=request.actor, now=timezone.now())
    messages.success(request, _("已写明是哪位学生。"))


def _bring_in(request: HttpRequest, box: Box, report_id: UUID) -> None:
    handling.bring_in(box=box, report_id=report_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已请心理教师一起关心这位学生；他们看不到这份报告的内容。"))


DEEDS: dict[str, Deed] = {
    "take": _take,
    "answer": _answer,
    "close": _close,
    "find": _find,
    "name": _name,
    "bring-in": _bring_in,
}


def _address(request: HttpRequest, box: Box, report_id: UUID) -> str:
    return reverse(box.route, kwargs={"slug": request.school.slug, box.key: report_id})


def _deed(request: HttpRequest, box: Box, report_id: UUID, verb: str) -> str:
    return f"{_address(request, box, report_id)}{verb}/"
