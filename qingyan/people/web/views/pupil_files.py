"""Files at /s/<slug>/pupils/: the list by state, one pupil's schooling, and its steps. Nothing that a file holds."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.audit.api import record
from qingyan.foundation.web.listing import Column, asked_for, kept, page_of
from qingyan.foundation.web.workbook import workbook, workbook_response
from qingyan.people.actions import schooling, transfers
from qingyan.people.models import Student
from qingyan.people.models.student import StudentState
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries import file_list
from qingyan.people.queries.life_words import REFUSED, STEP_HELP, STEP_WORDS
from qingyan.people.web.forms_files import OfferForm, StepForm
from qingyan.people.web.sealed_search import asked_class, opened_name, sealed_address
from qingyan.people.workflow import ENROLLED, ON_LEAVE, SCHOOLING

COLUMNS = [Column("", lazy("姓名")), Column("", lazy("班级")), Column("", lazy("状态"))]


@require_http_methods(["GET", "POST"])
@requires(MANAGE_FILES)
def pupils(request: HttpRequest, slug: str) -> HttpResponse:
    """All files of the school, found by name, class or state."""
    if request.method == "POST":
        return redirect(sealed_address(request, "class", "state"))
    context = {
        "page": page_of(_found(request), request.GET),
        "columns": COLUMNS,
        "classes": file_list.classes(request.actor, now=timezone.now()),
        "states": StudentState.choices,
        "name": opened_name(request),
        "class_id": asked_class(request),
        "state": asked_for(request.GET, "state"),
        "query": kept(request.GET),
    }
    return render(request, "people/pupils.html", context)


@require_GET
@requires(MANAGE_FILES)
def pupils_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The same list as a workbook; that it was taken is recorded."""
    now, found = timezone.now(), _found(request)
    rows = [[one.name, str(one.school_class or ""), one.get_state_display()] for one in found.iterator(1000)]
    record(
        by=request.actor, action="files.downloaded", subject_kind="files", subject_id="list", now=now,
        detail={"rows": len(rows)},
    )  # fmt: skip
    headings = [str(column.label) for column in COLUMNS]
    stamp = f"{request.actor.name} {timezone.localtime(now):%Y-%m-%d %H:%M}"
    return workbook_response(
        workbook(title=_("学籍"), headings=headings, rows=rows, foot=stamp), file_name="pupils.xlsx"
    )


@require_GET
@requires(MANAGE_FILES)
def pupil(request: HttpRequest, slug: str, student_id: UUID) -> HttpResponse:
    """One pupil: where enrolled, what happened, what can be done."""
    return _page(request, _pupil_or_404(request, student_id))


@require_POST
@requires(MANAGE_FILES)
def step(request: HttpRequest, slug: str, student_id: UUID, verb: str) -> HttpResponse:
    """One step of schooling."""
    student = _pupil_or_404(request, student_id)
    form = _step_form(request, verb, request.POST)
    if not form.is_valid():
        return _page(request, student, **{verb: form})
    try:
        schooling.take_step(student=student, verb=verb, by=request.actor, now=timezone.now(), **form.given)
    except schooling.Refused as refused:
        form.add_error(None, REFUSED[refused.code])
        return _page(request, student, **{verb: form})
    messages.success(request, _("已办理：%(step)s。登录条和登录已经失效。") % {"step": STEP_WORDS[verb]})
    return redirect("people:pupil", slug=slug, student_id=student_id)


@require_POST
@requires(MANAGE_FILES)
def offer(request: HttpRequest, slug: str, student_id: UUID) -> HttpResponse:
    """Offer the pupil to another school of the city."""
    student = _pupil_or_404(request, student_id)
    form = OfferForm(request.POST, schools=file_list.other_schools(request.actor))
    if not form.is_valid():
        return _page(request, student, offer=form)
    try:
        made = transfers.offer(
            student=student, to_school_id=form.cleaned_data["school"], by=request.actor, now=timezone.now()
        )
    except transfers.Refused as refused:
        form.add_error(None, REFUSED[refused.code])
        return _page(request, student, offer=form)
    messages.success(request, _("已向对方学校提出。对方接收以前，档案仍在本校。"))
    return redirect("people:transfer", slug=slug, transfer_id=made.id)


def _found(request: HttpRequest):
    state = asked_for(request.GET, "state")
    return file_list.files(request.actor, name=opened_name(request), class_id=asked_class(request), state=state)


def _step_form(request: HttpRequest, verb: str, data=None) -> StepForm:
    step_of_verb = next((one for one in SCHOOLING.steps if one.verb == verb), None)
    if step_of_verb is None:
        raise Http404
    classes = file_list.classes(request.actor, now=timezone.now())
    needs_class = "school_class" in step_of_verb.needs
    return StepForm(data, classes=classes, needs_class=needs_class, prefix=verb)


def _page(request: HttpRequest, student: Student, **bound) -> HttpResponse:
    verbs = [one.verb for one in SCHOOLING.steps if one.origin == student.state]
    movable = student.state in (ENROLLED, ON_LEAVE)
    offer_form = bound.get("offer") or OfferForm(schools=file_list.other_schools(request.actor))
    context = {
        "pupil": student,
        "enrolments": file_list.enrolments(request.actor, student.id),
        "steps": [(STEP_WORDS[one.verb], one) for one in file_list.steps(request.actor, student.id)],
        "forms": [
            (verb, STEP_WORDS[verb], STEP_HELP[verb], bound.get(verb) or _step_form(request, verb)) for verb in verbs
        ],
        "offer": offer_form if movable else None,
        "open_verb": next(iter(bound), ""),
    }
    return render(request, "people/pupil.html", context, status=422 if bound else 200)


def _pupil_or_404(request: HttpRequest, student_id: UUID) -> Student:
    found = file_list.file_of(request.actor, student_id)
    if found is None:
        raise Http404
    return found
