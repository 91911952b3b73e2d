"""The points: read them, see who signed which file, sign."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingyan.early_warning.actions.signing import ChangedMeanwhile, sign_points
from qingyan.early_warning.policy import READ_ORDER
from qingyan.early_warning.queries import point_packs
from qingyan.early_warning.web.forms import SigningForm
from qingyan.foundation.access.views import requires
from qingyan.organisations import api as organisations


@require_http_methods(["GET", "POST"])
@requires(READ_ORDER)
def points(request: HttpRequest) -> HttpResponse:
    """The pack in force with its signatures; POST signs exactly the file that was shown."""
    city = organisations.the_city()
    if city is None:
        raise Http404
    form = SigningForm(request.POST or None)
    if form.is_valid() and _signed(request, city.id, form):
        messages.success(request, _("已签署，留痕。"))
        return redirect("early_warning:points")
    found = point_packs.current(city.id)
    context = {"found": found, "form": form, "earlier": point_packs.earlier(city.id, found.digest)}
    return render(request, "early_warning/points.html", context, status=422 if form.errors else 200)


def _signed(request: HttpRequest, city_id: int, form: SigningForm) -> bool:
    given = {"digest": form.cleaned_data["digest"], "note": form.cleaned_data["note"]}
    try:
        sign_points(city_id=city_id, by=request.actor, now=timezone.now(), **given)
    except ChangedMeanwhile:
        form.add_error(None, _("规则文件刚刚变了，请重新读一遍再签。"))
    return not form.errors
