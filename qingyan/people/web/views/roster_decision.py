"""What a person decides about a roster draft: row by row, and then the import."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.foundation.access.views import requires
from qingyan.people.actions import roster_checking, roster_choosing, roster_draft, roster_undoing
from qingyan.people.actions import roster_committing as actions
from qingyan.people.models import RosterDraft
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.queries import roster as queries
from qingyan.people.web.forms_roster import CommitForm, chosen_rows, place_in_list


@require_POST
@requires(IMPORT_ROSTER)
def choose(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Keep what a person has chosen for the rows of one page."""
    shown = queries.draft(request.actor, draft_id)
    choices = chosen_rows(request.POST)
    try:
        roster_choosing.choose(draft=shown, choices=choices, by=request.actor, now=timezone.now())
    except roster_draft.NotReady:
        messages.error(request, _("这个文件现在不能再选择。"))
    except roster_choosing.NamedAlready:
        messages.error(request, _("选中的那名学生在这个文件里另有一行，一份档案不能并入两行。这一页的选择没有保存。"))
    except roster_choosing.Unfit:
        messages.error(request, _("没有看懂您的选择，这一页的选择没有保存。"))
    else:
        messages.success(request, _("这一页的选择已保存，导入时会照此处理。"))
    answer = redirect("people:roster_draft", slug=slug, draft_id=draft_id)
    answer["Location"] += place_in_list(request.POST)
    return answer


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
        done = actions.ask_commit(draft=shown, by=request.actor, now=timezone.now(), **chosen)
    except roster_draft.BadRowsLeft:
        messages.error(
            request,
            _("还有 %(count)s 行有错误。名册没有任何改动。请勾选“不导入有错误的行”，或改好后重新上传。")
            % {"count": shown.rows_bad},
        )
    except roster_draft.NotReady:
        messages.error(request, _("这个文件现在不能导入：可能已经导入或放弃过。名册没有任何改动。"))
    except roster_draft.PreviewOutdated:
        roster_checking.replan(draft=shown, by=request.actor, now=timezone.now())
        messages.warning(request, _("预览之后名册有了变化。名册没有因本次操作改动，下面是新的预览，请再看一遍后导入。"))
    else:
        if done.state == DraftState.COMMITTED:
            messages.success(request, _done(done))
            if done.plan["elsewhere"]:
                messages.info(request, _asked(done))
            return redirect("people:roster", slug=slug)
    return redirect("people:roster_draft", slug=slug, draft_id=draft_id)


@require_POST
@requires(IMPORT_ROSTER)
def undo(request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """Take an import back, if nothing hangs on it."""
    shown = queries.draft(request.actor, draft_id)
    try:
        done = roster_undoing.ask_undo(draft=shown, by=request.actor, now=timezone.now())
    except roster_draft.NotReady:
        messages.error(request, _("这次导入现在不能撤销：可能已经撤销过。"))
    else:
        if done.state == DraftState.UNDONE:
            messages.success(request, _("已撤销这次导入，名册恢复到导入之前。"))
    return redirect("people:roster_draft", slug=slug, draft_id=draft_id)


def _done(draft: RosterDraft) -> str:
    words = _(
        "已导入：新学生 %(new)s 人，信息有变 %(changed)s 人，换班 %(moved)s 人，没有变化 %(unchanged)s 人，"
        "新建班级 %(new_classes)s 个。"
    )
    return words % draft.plan


def _asked(draft: RosterDraft) -> str:
    words = _("%(elsewhere)s 名学生在本市另一所学校有档案，请求已发出。对方同意以后，请在“转学”里接收。")
    return words % draft.plan
