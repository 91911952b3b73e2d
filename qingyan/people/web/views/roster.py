"""The roster at /s/<slug>/roster/: counts by class, upload, one draft with its preview, discard."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.audit.api import record
from qingyan.foundation.web.listing import Column, page_of
from qingyan.foundation.web.workbook import workbook_response
from qingyan.people.actions import roster as actions
from qingyan.people.actions import roster_draft
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import EXPORT_ROSTER, IMPORT_ROSTER, READ_ROSTER
from qingyan.people.queries import roster as queries
from qingyan.people.queries.roster_hanging import words
from qingyan.people.queries.roster_preview import Preview, correction_file
from qingyan.people.queries.roster_words import refusal_from, setback_from
from qingyan.people.web.forms_roster import UploadForm

LATEST = 10
BUSY = (DraftState.WAITING, DraftState.IMPORTING, DraftState.UNDOING)
DRAFT_COLUMNS = [
    Column("", lazy("文件")),
    Column("", lazy("上传时间")),
    Column("", lazy("行数"), numeric=True),
    Column("", lazy("有错误"), numeric=True),
    Column("", lazy("状态")),
]
CLASS_COLUMNS = [Column("", lazy("班级")), Column("", lazy("在校学生"), numeric=True)]
LINE_COLUMNS = [Column("", lazy("行"), numeric=True), Column("", lazy("姓名")), Column("", lazy("班级"))]
NOTE_HEADS = {"errors": lazy("问题"), "warnings": lazy("请核对"), "changed": lazy("变化"), "moved": lazy("变化")} | {
    "duplicate": lazy("名册里的学生")
}
CHOSEN = ("new", "changed", "moved", "duplicate", "elsewhere")


@require_GET
@requires(READ_ROSTER)
def roster(request: HttpRequest, slug: str) -> HttpResponse:
    """How many pupils each class has, and the files uploaded so far."""
    now = timezone.now()
    context = {
        "classes": queries.class_counts(request.actor, now=now),
        "elsewhere": queries.pupils_without_class(request.actor, now=now),
        "page": page_of(queries.drafts(request.actor), request.GET, size=LATEST),
        "may_import": allowed(request.actor, IMPORT_ROSTER),
        "may_export": allowed(request.actor, EXPORT_ROSTER),
        "class_columns": CLASS_COLUMNS,
        "draft_columns": DRAFT_COLUMNS,
    }
    return render(request, "people/roster_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(IMPORT_ROSTER)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; a chosen one becomes a draft."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_valid():
        return render(request, "people/roster_new.html", {"form": form}, status=422 if form.errors else 200)
    file = form.cleaned_data["file"]
    made = actions.upload(
        school=request.school, file_name=file.name, content=file.read(), by=request.actor, now=timezone.now()
    )
    return redirect("people:roster_draft", slug=slug, draft_id=made.id)


@require_GET
@requires(IMPORT_ROSTER)
def draft(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """What was found in the file and what would happen."""
    shown = queries.draft(request.actor, draft_id)
    found = Preview(shown)
    tabs = found.tabs()
    key = request.GET.get("list") or (tabs[0].key if tabs else "")
    context = {
        "draft": shown,
        "refusal": refusal_from(shown.problem),
        "tabs": [{**asdict(tab), "url": f"?list={tab.key}", "current": tab.key == key} for tab in tabs],
        "columns": _columns(key),
        "page": page_of(found.lines(key), request.GET),
        "key": key,
        "query": f"list={key}",
        "new_classes": found.new_classes(),
        "ignored": found.report.ignored,
        "taken": shown.rows_good - found.left_out(),
        "left_out": found.left_out(),
        "may_choose": key in CHOSEN and shown.state == DraftState.CHECKED,
        "undo_refused": words(shown.asked.get("reasons", {})),
        "setback": setback_from(shown.problem),
        "progress": queries.progress(shown),
    }
    return render(request, "people/roster_draft.html", context)


@require_GET
@requires(IMPORT_ROSTER)
def progress(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """The progress bar of a draft that is worked on; reloads the page when the work is done."""
    shown = queries.draft(request.actor, draft_id)
    context = {"draft": shown, "progress": queries.progress(shown)}
    response = render(request, "people/roster_draft.html#progress", context)
    if shown.state not in BUSY:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@requires(IMPORT_ROSTER)
def correction(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """The rows with errors as a workbook."""
    shown = queries.draft(request.actor, draft_id)
    record(
        by=request.actor, action="roster.bad_rows_downloaded", subject_kind="roster_draft", subject_id=shown.id,
        detail={"rows": shown.rows_bad}, now=timezone.now(),
    )  # fmt: skip
    return workbook_response(correction_file(shown), file_name="roster-rows-to-correct.xlsx")


@require_POST
@requires(IMPORT_ROSTER)
def discard(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    try:
        actions.discard(draft=queries.draft(request.actor, draft_id), by=request.actor, now=timezone.now())
    except roster_draft.NotReady:
        messages.error(request, _("这个文件已经处理过，不能再放弃。"))
    else:
        messages.success(request, _("已放弃这个文件，名册没有任何改动。"))
    return redirect("people:roster", slug=slug)


def _columns(key: str) -> list[Column]:
    head = [Column("", NOTE_HEADS[key])] if key in NOTE_HEADS else []
    return [*LINE_COLUMNS, *head, *([Column("", _("怎样处理"))] if key in CHOSEN else [])]
