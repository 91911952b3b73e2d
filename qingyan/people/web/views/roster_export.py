"""The school's roster as a file for another system. POST, because it leaves a line in the trail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.workbook import ZIP, download
from qingyan.people.actions import roster_export as actions
from qingyan.people.policy import EXPORT_ROSTER


@require_POST
@requires(EXPORT_ROSTER)
def oneroster(request: HttpRequest, slug: str) -> HttpResponse:
    """A OneRoster 1.2 set of the pupils in this school year's classes."""
    try:
        content = actions.export(school=request.school, by=request.actor, now=timezone.now())
    except actions.NothingToExport:
        messages.error(request, _("本学年的班级里还没有学生，没有可以导出的内容。"))
        return redirect("people:roster", slug=slug)
    return download(content, content_type=ZIP, file_name="roster-oneroster.zip")
