"""The turn of the school year at /s/<slug>/promotion/: preview, who stays back, commit, undo."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column
from qingyan.foundation.web.workbook import workbook, workbook_response
from qingyan.people.actions import promotion as actions
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries import promotion as queries
from qingyan.people.queries.life_words import REFUSED
from qingyan.people.queries.slips import school_class
from qingyan.people.web.forms_files import HoldForm

COLUMNS = [
    Column("", lazy("现在的班级")),
    Column("", lazy("学生"), numeric=True),
    Column("", lazy("升为")),
    Column("", lazy("留级"), numeric=True),
    Column("", lazy("操作"), hidden=True),
]


@require_GET
@requires(MANAGE_FILES)
def promotion(request: HttpRequest, slug: str) -> HttpResponse:
    """What would happen, class by class; and what was done last, to be undone perhaps."""
    turn, lines = _lines(request)
    context = {
        "turn": turn,
        "lines": lines,
        "pupils": sum(line.pupils for line in lines),
        "columns": COLUMNS,
        "done": queries.last_done(request.actor),
    }
    return render(request, "people/promotion.html", context)


@require_GET
@requires(MANAGE_FILES)
def promotion_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The preview as a workbook; classes and numbers only."""
    _turn, lines = _lines(request)
    rows = [[str(one.school_class), one.pupils, one.becomes or _("毕业"), one.held_back] for one in lines]
    headings = [str(column.label) for column in COLUMNS[:-1]]
    stamp = f"{request.actor.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    content = workbook(title=_("升级"), headings=headings, rows=rows, foot=stamp)
    return workbook_response(content, file_name="promotion.xlsx")


@require_http_methods(["GET", "POST"])
@requires(MANAGE_FILES)
def hold(request: HttpRequest, slug: str, class_id: int) -> HttpResponse:
    """Who of a class repeats the grade."""
    if school_class(request.actor, class_id) is None:
        raise Http404
    _turn, lines = _lines(request)
    line = next((one for one in lines if one.move.class_id == class_id), None)
    if line is None:
        messages.info(request, _("现在没有要升级的班级"))
        return redirect("people:promotion", slug=slug)
    pupils = queries.pupils_of(request.school.id, class_id)
    held = queries.held_back(request.actor, pupils)
    form = HoldForm(request.POST if request.method == "POST" else None, pupils=pupils, initial={"pupils": held})
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "line": line}
        return render(request, "people/promotion_hold.html", context, status=422 if form.errors else 200)
    chosen = [UUID(one) for one in form.cleaned_data["pupils"]]
    return _do(
        request, actions.hold_back, _("留级名单已保存。"), school=request.school, class_id=class_id, student_ids=chosen
    )


@require_POST
@requires(MANAGE_FILES)
def commit(request: HttpRequest, slug: str) -> HttpResponse:
    """Promote everybody."""
    follow = request.POST.get("teachers_follow") == "yes"
    done = _("已升级。登录条已经作废，请给学生发新的登录条。")
    return _do(request, actions.promote, done, school=request.school, teachers_follow=follow)


@require_POST
@requires(MANAGE_FILES)
def undo(request: HttpRequest, slug: str, promotion_id: UUID) -> HttpResponse:
    """Everybody back."""
    row = queries.promotion(request.actor, promotion_id)
    if row is None:
        raise Http404
    return _do(request, actions.undo, _("已撤销升级，学生回到原来的班级。"), promotion=row)


def _do(request: HttpRequest, action, done: str, **given) -> HttpResponse:
    try:
        action(by=request.actor, now=timezone.now(), **given)
    except actions.Refused as refused:
        messages.error(request, str(REFUSED[refused.code]))
    else:
        messages.success(request, done)
    return redirect("people:promotion", slug=request.school.slug)


def _lines(request: HttpRequest) -> tuple[queries.Turn | None, list[queries.MoveLine]]:
    turn = queries.turn_of(request.school.id, now=timezone.now())
    if turn is None:
        return None, []
    known = queries.planned(request.school.id, turn.target)
    return turn, queries.move_lines(request.school, turn, known.held_back if known else [])
