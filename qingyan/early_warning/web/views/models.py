"""Models: learn one from what people found, and read its card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from qingyan.early_warning.actions.training import ask_to_learn
from qingyan.early_warning.policy import LEARN, READ_ORDER
from qingyan.early_warning.queries import learnings, phases, trials, versions
from qingyan.early_warning.workflow import OFF, POINTS
from qingyan.foundation.access.views import requires
from qingyan.organisations import api as organisations


@require_POST
@requires(LEARN)
def learning(request: HttpRequest) -> HttpResponse:
    """Ask for a model; it is learned in the background, and the page tells how far it is."""
    ask_to_learn(city_id=city_id(), by=request.actor, now=timezone.now())
    return redirect("early_warning:order")


@requires(READ_ORDER)
def learning_progress(request: HttpRequest) -> HttpResponse:
    """How far the last run is, as the part of the page that asks again by itself."""
    found = learnings.progress(city_id(), timezone.now())
    return render(request, "early_warning/learning.html", {"learning": found})


@requires(READ_ORDER)
def model(request: HttpRequest, model_number: int) -> HttpResponse:
    """The card of one model."""
    row = versions.version(city_id(), model_number)
    if row is None:
        raise Http404
    context = {
        "row": row,
        "orders": phases.ordering_model(row.city_id) == row.number,
        "may_be_tried": phases.phase(row.city_id) in (OFF, POINTS) and trials.usable(row.city_id, row.number),
        "measures": row.card["measures"],
        "chart": versions.calibration(row.card),
        "groups": versions.groups(row.card),
        "weights": versions.weights(row),
    }
    return render(request, "early_warning/model.html", context)


def city_id() -> int:
    """The city of this installation; before it is founded there is no such page."""
    city = organisations.the_city()
    if city is None:
        raise Http404
    return city.id
