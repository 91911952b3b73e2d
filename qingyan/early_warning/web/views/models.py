"""Models: learn one from what people found, and read its card."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.early_warning.actions.training import learn_city
from qingyan.early_warning.policy import LEARN, READ_ORDER
from qingyan.early_warning.queries import phases, versions
from qingyan.early_warning.rules.learning import TooFew
from qingyan.foundation.access.views import requires
from qingyan.organisations import api as organisations


@require_POST
@requires(LEARN)
def learning(request: HttpRequest) -> HttpResponse:
    """Learn from all schools; too few outcomes are said, and nothing is stored."""
    try:
        row = learn_city(city_id=_city_id(), by=request.actor, now=timezone.now())
    except TooFew:
        messages.error(request, _("面谈和研判的结果还太少，什么也没有学，什么也没有保存。"))
        return redirect("early_warning:order")
    return redirect("early_warning:model", row.number)


@requires(READ_ORDER)
def model(request: HttpRequest, model_number: int) -> HttpResponse:
    """The card of one model."""
    row = versions.version(_city_id(), model_number)
    if row is None:
        raise Http404
    context = {
        "row": row,
        "orders": phases.ordering_model(row.city_id) == row.number,
        "measures": row.card["measures"],
        "chart": versions.calibration(row.card),
        "groups": versions.groups(row.card),
        "weights": versions.weights(row),
    }
    return render(request, "early_warning/model.html", context)


def _city_id() -> int:
    city = organisations.the_city()
    if city is None:
        raise Http404
    return city.id
