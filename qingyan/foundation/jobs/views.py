"""Background work for operators: what waits, what is parked, and a way to try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.jobs import actions, queries
from qingyan.foundation.jobs.policy import OPERATE
from qingyan.foundation.web.listing import Column

COLUMNS = [
    Column("", lazy("任务")),
    Column("", lazy("已尝试"), numeric=True),
    Column("", lazy("时间")),
    Column("", lazy("操作"), hidden=True),
]


@require_GET
@requires(OPERATE)
def jobs(request: HttpRequest) -> HttpResponse:
    """Counts by state and the parked jobs."""
    context = {"counts": queries.counts_in_words(), "parked": queries.parked_jobs(), "columns": COLUMNS}
    return render(request, "operations/jobs.html", context)


@require_POST
@requires(OPERATE)
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Try a parked job again."""
    actions.retry(job_id=job_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已重新排队，稍后刷新查看结果。"))
    return redirect("operations:jobs")
