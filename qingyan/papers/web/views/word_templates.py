"""A bureau's own Word templates: the list, a new version with its faults if it has any, a try with invented data."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of
from qingyan.foundation.web.workbook import download
from qingyan.papers.actions.templating import Faulty, bring, put_to_use
from qingyan.papers.policy import KEEP_TEMPLATES
from qingyan.papers.queries import word_check
from qingyan.papers.queries.as_word import DOCX, as_word, default_template
from qingyan.papers.queries.heading import mark_of
from qingyan.papers.queries.templates import template_of, templates_of
from qingyan.papers.rules import word_source
from qingyan.papers.rules.dictionaries import invented
from qingyan.papers.rules.forms import FORMS, Form, form
from qingyan.papers.web.forms import TemplateForm

FAULTS = {
    word_check.NOT_WORD: lazy("这不是能读的 Word 文件（.docx）。"),
    word_check.TOO_LARGE: lazy("文件超过 2 MB。"),
    word_check.MACRO: lazy("文件里有宏或控件。"),
    word_check.OUTSIDE: lazy("文件指向外面的地址。"),
    word_check.PART: lazy("文件里有不能用的部件。"),
    word_check.FIELD: lazy("文件里有不能用的域。"),
    word_check.PLACE: lazy("模板内容只能写在正文、页眉和页脚里。"),
    word_source.UNREADABLE: lazy("模板写法读不懂。"),
    word_source.UNKNOWN: lazy("这张表没有这个字段。"),
    word_source.FORBIDDEN: lazy("模板里只能写字段、重复和判断。"),
}


@requires(KEEP_TEMPLATES)
def word_templates(request: HttpRequest) -> HttpResponse:
    """The forms with their fields, the versions, and the form for a new one."""
    asked = TemplateForm(request.POST or None, request.FILES or None)
    faults = _faults(request, asked) if asked.is_valid() else []
    if asked.is_valid() and not faults:
        messages.success(request, _("已保存为新版本。请先用示例数据看一看，再启用。"))
        return redirect("papers:word_templates")
    page = page_of(templates_of(request.actor), request.GET)
    context = {
        "forms": [{"form": one, "plain": one.plain().items(), "lists": _lists(one)} for one in FORMS],
        "lines": [{"row": one, "title": form(one.form).title} for one in page],
        "page": page,
        "asked": asked,
        "faults": faults,
    }
    return render(request, "papers/word_templates.html", context, status=422 if asked.errors or faults else 200)


@requires(KEEP_TEMPLATES)
@require_safe
def default(request: HttpRequest, paper: str) -> HttpResponse:
    """The default template, to begin with."""
    if paper not in {one.code for one in FORMS}:
        raise Http404
    return download(default_template(paper), content_type=DOCX, file_name=f"{paper}.docx")


@requires(KEEP_TEMPLATES)
@require_safe
def preview(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """The template filled with invented data."""
    found = template_of(request.actor, template_id)
    wanted = form(found.form)
    mark = mark_of(request.actor, timezone.now(), _("示例，不是真实数据"))
    content = as_word(wanted, invented(wanted), mark, template=bytes(found.content))
    return download(content, content_type=DOCX, file_name="preview.docx")


@requires(KEEP_TEMPLATES)
@require_POST
def use(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Put it to use."""
    try:
        put_to_use(template_id=template_id, by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.info(request, _("这个版本不能启用了。"))
    return redirect("papers:word_templates")


def _faults(request: HttpRequest, asked: TemplateForm) -> list[str]:
    content = asked.cleaned_data["file"].read(word_check.LARGEST + 1)
    try:
        bring(code=asked.cleaned_data["form"], content=content, by=request.actor, now=timezone.now())
    except Faulty as refusal:
        return [f"{FAULTS[kind]} {what}".strip() for kind, what in refusal.faults]
    return []


def _lists(one: Form) -> list[tuple[str, str]]:
    return [(name, _("、").join(fields)) for name, fields in one.lists().items()]
