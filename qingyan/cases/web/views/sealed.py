"""Opening the papers that people left who are here no more."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.inheriting import open_sealed
from qingyan.cases.actions.moving import held
from qingyan.cases.policy import CARRY
from qingyan.cases.web.form_page import Paper, back, form_page
from qingyan.cases.web.forms import ReasonForm
from qingyan.foundation.access.views import requires

SEALED = Paper(
    _("打开移交的封存材料"),
    _(
        "前任老师（原学校的，或者已离任的）写的过程记录和强制报告是封存的。负责这个个案的老师写明原因后可以打开；这一步会留痕。"
    ),
    _("写明原因并打开"),
)


@requires(CARRY)
def sealed(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """The reason, and what it opens."""
    case = held(request.actor, case_id, CARRY)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, case, form, SEALED)
    done = open_sealed(case=case, reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now())
    if not (done.notes or done.reports):
        return back(request, case, gettext("没有封存的材料。"))
    words = gettext("已打开：过程记录 %(notes)d 份，强制报告 %(reports)d 份。")
    return back(request, case, words % {"notes": done.notes, "reports": done.reports})
