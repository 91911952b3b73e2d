"""Boards: of the own school, of a district, of the city; each exhibit as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.insight.actions.taking import take
from qingyan.insight.policy import READ_CITY_BOARD, READ_DISTRICT_BOARD, READ_SCHOOL_BOARD
from qingyan.insight.queries.boards import Board, city_board, district_board, districts_for, school_board
from qingyan.insight.web.files import maker
from qingyan.insight.web.nav import places
from qingyan.insight.web.shown import cards
from qingyan.organisations import api as organisations


@requires(READ_SCHOOL_BOARD)
def school(request: HttpRequest, slug: str) -> HttpResponse:
    """The own school."""
    return _page(request, school_board(request.actor, request.school), "school")


@requires(READ_SCHOOL_BOARD)
def school_file(request: HttpRequest, slug: str, exhibit: str, file_kind: str) -> HttpResponse:
    """One exhibit of the own school as a file."""
    return _file(request, school_board(request.actor, request.school), exhibit, file_kind)


@requires(READ_DISTRICT_BOARD)
def above(request: HttpRequest) -> HttpResponse:
    """The board that this person reads first: the city's, or that of the own district."""
    if allowed(request.actor, READ_CITY_BOARD):
        return redirect("insight:city")
    return redirect("insight:district", districts_for(request.actor)[0].id)


@requires(READ_CITY_BOARD)
def city(request: HttpRequest) -> HttpResponse:
    """The city."""
    return _page(request, city_board(request.actor, _city()), "city")


@requires(READ_CITY_BOARD)
def city_file(request: HttpRequest, exhibit: str, file_kind: str) -> HttpResponse:
    """One exhibit of the city as a file."""
    return _file(request, city_board(request.actor, _city()), exhibit, file_kind)


@requires(READ_DISTRICT_BOARD)
def district(request: HttpRequest, district_id: int) -> HttpResponse:
    """One district."""
    return _page(request, district_board(request.actor, _district(district_id)), "district")


@requires(READ_DISTRICT_BOARD)
def district_file(request: HttpRequest, district_id: int, exhibit: str, file_kind: str) -> HttpResponse:
    """One exhibit of a district as a file."""
    return _file(request, district_board(request.actor, _district(district_id)), exhibit, file_kind)


def _page(request: HttpRequest, board: Board, level: str) -> HttpResponse:
    context = {"board": board, "cards": cards(board, request.path), "level": level, **places(request.actor)}
    return render(request, "insight/board.html", context)


def _file(request: HttpRequest, board: Board, code: str, kind: str) -> HttpResponse:
    found, make = board.exhibit(code), maker(kind)
    if found is None or make is None:
        raise Http404
    take(exhibit=found, place=board.place, kind=kind, by=request.actor, now=timezone.now())
    return make(board, found)


def _city() -> organisations.City:
    found = organisations.the_city()
    if found is None:
        raise Http404
    return found


def _district(district_id: int) -> organisations.District:
    found = next((one for one in organisations.districts() if one.id == district_id), None)
    if found is None:
        raise Http404
    return found
