"""Raw answers of one sitting: first a purpose, then the answers once; both are in the trail."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.alerts.actions.looking import open_answers
from qingyan.alerts.policy import READ_ANSWERS
from qingyan.alerts.queries.answers import cover_of
from qingyan.alerts.web.forms import PurposeForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column

COLUMNS = (Column("", _("题号")), Column("", _("题目")), Column("", _("作答")))


@requires(READ_ANSWERS)
def answers(request: HttpRequest, slug: str, sitting_id: UUID) -> HttpResponse:
    """GET asks for the purpose; POST with a purpose shows the answers in this one reply."""
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        sheet = open_answers(sitting_id=sitting_id, purpose=purpose, by=request.actor, now=timezone.now())
        return render(request, "alerts/answers.html", {"sheet": sheet, "cover": sheet.cover, "columns": COLUMNS})
    context = {"form": form, "cover": cover_of(request.actor, sitting_id)}
    return render(request, "alerts/answers_purpose.html", context, status=422 if form.errors else 200)
