"""The roster at /s/<slug>/roster/: counts by class, upload, one draft with its preview, commit and discard."""

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
from qingyan.people.models import RosterDraft
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import EXPORT_ROSTER, IMPORT_ROSTER, READ_ROSTER
from qingyan.people.queries import roster as queries
from qingyan.people.queries.roster_preview import Preview, correction_file
from qingyan.people.queries.roster_words import refusal_from
from qingyan.people.web.forms_roster import CommitForm, UploadForm

LATEST = 10
DRAFT_COLUMNS = [
    Column("", lazy("文件")),
    Column("", lazy("上传时间")),
    Column("", lazy("行数"), numeric=True),
    Column("", lazy("有错误"), numeric=True),
    Column("", lazy("状态")),
]
CLASS_COLUMNS = [Column("", lazy("班级")), Column("", lazy("在校学生"), numeric=True)]
LINE_COLUMNS = [Column("", lazy("行"), numeric=True), Column("", lazy("姓名")), Column("", lazy("班级"))]
NOTE_HEADS = {"errors": lazy("问题"), "warnings": lazy("请核对"), "changed": lazy("变化"), "moved": lazy("变化")}


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
    head = NOTE_HEADS.get(key)
    context = {
        "draft": shown,
        "refusal": refusal_from(shown.problem),
        "tabs": [{**asdict(tab), "url": f"?list={tab.key}", "current": tab.key == key} for tab in tabs],
        "columns": [*LINE_COLUMNS, Column("", head)] if head else LINE_COLUMNS,
        "page": page_of(found.lines(key), request.GET),
        "key": key,
        "query": f"list={key}",
        "new_classes": found.new_classes(),
        "ignored": found.problems.ignored,
    }
    return render(request, "people/roster_draft.html", context)


@require_GET
@requires(IMPORT_ROSTER)
def progress(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """The progress bar of a waiting draft; reloads the page when the check is done."""
    shown = queries.draft(request.actor, draft_id)
    response = render(request, "people/roster_draft.html#progress", {"draft": shown})
    if shown.state != DraftState.WAITING:
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
def commit(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Bring the previewed rows into the register."""
    shown = queries.draft(request.actor, draft_id)
    form = CommitForm(request.POST)
    chosen = form.cleaned_data if form.is_valid() else {}
    if not chosen:
        messages.error(request, _("没有看懂您的选择。名册没有任何改动，请再试一次。"))
        return redirect("people:roster_draft", slug=slug, draft_id=draft_id)
    try:
        done = actions.commit(draft=shown, by=request.actor, now=timezone.now(), **chosen)
    except actions.BadRowsLeft:
        messages.error(
            request,
            _("还有 %(count)s 行有错误。名册没有任何改动。请勾选“不导入有错误的行”，或改好后重新上传。")
            % {"count": shown.rows_bad},
        )
    except actions.NotReady:
        messages.error(request, _("这个文件现在不能导入：可能已经导入或放弃过。名册没有任何改动。"))
    except actions.PreviewOutdated:
        actions.replan(draft=shown, by=request.actor, now=timezone.now())
        messages.warning(request, _("预览之后名册有了变化。名册没有因本次操作改动，下面是新的预览，请再看一遍后导入。"))
    else:
        messages.success(request, _done(done))
        return redirect("people:roster", slug=slug)
    return redirect("people:roster_draft", slug=slug, draft_id=draft_id)


@require_POST
@requires(IMPORT_ROSTER)
def discard(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    try:
        actions.discard(draft=queries.draft(request.actor, draft_id), by=request.actor, now=timezone.now())
    except actions.NotReady:
        messages.error(request, _("这个文件已经处理过，不能再放弃。"))
    else:
        messages.success(request, _("已放弃这个文件，名册没有任何改动。"))
    return redirect("people:roster", slug=slug)


def _done(draft: RosterDraft) -> str:
    words = _(
        "已导入：新学生 %(new)s 人，信息有变 %(changed)s 人，换班 %(moved)s 人，没有变化 %(unchanged)s 人，"
        "新建班级 %(new_classes)s 个。"
    )
    return words % draft.plan
