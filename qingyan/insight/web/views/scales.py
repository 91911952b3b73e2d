"""Item and scale analysis: which district or the city, which round, which instrument; each table as a file."""

from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from qingyan.foundation.access.views import requires
from qingyan.insight.actions.taking import take
from qingyan.insight.policy import READ_DISTRICT_BOARD
from qingyan.insight.queries.exploring import own_place
from qingyan.insight.queries.scale_boards import ScaleBoard, scale_board
from qingyan.insight.web.files import maker
from qingyan.insight.web.nav import places
from qingyan.insight.web.shown import card


@requires(READ_DISTRICT_BOARD)
def first(request: HttpRequest) -> HttpResponse:
    """The analysis that this person reads first."""
    place = own_place(request.actor)
    return redirect("insight:scale_board", place.level, place.id)


@requires(READ_DISTRICT_BOARD)
def board(request: HttpRequest, level: str, place: int) -> HttpResponse:
    """One round and instrument."""
    found = _asked(request, level, place)
    chosen = urlencode({"round": found.round, "instrument": found.instrument})
    cards = [card(one, partial(_file, request.path, chosen, one.code)) for one in found.board.exhibits]
    context = {"found": found, "board": found.board, "cards": cards, **places(request.actor)}
    return render(request, "insight/scales.html", context)


@requires(READ_DISTRICT_BOARD)
def board_file(request: HttpRequest, level: str, place: int, table: str, file_kind: str) -> HttpResponse:
    """One table as a file."""
    found = _asked(request, level, place)
    shown, make = found.board.exhibit(table), maker(file_kind)
    if shown is None or make is None:
        raise Http404
    take(exhibit=shown, place=found.board.place, kind=file_kind, by=request.actor, now=timezone.now())
    return make(found.board, shown)


def _file(path: str, chosen: str, code: str, kind: str) -> str:
    return f"{path}{code}/{kind}/?{chosen}"


def _asked(request: HttpRequest, level: str, place: int) -> ScaleBoard:
    wanted = {name: request.GET.get(name, "")[:80] for name in ("round", "instrument")}
    return scale_board(request.actor, level, place, asked_round=wanted["round"], asked_instrument=wanted["instrument"])
