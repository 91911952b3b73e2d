"""The doors: the front page of the city, the page for somebody who needs help now, the home of a school."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingyan.foundation.access.actor import Kind
from qingyan.foundation.access.views import public
from qingyan.foundation.web.listing import asked_for, page_of
from qingyan.organisations.queries import places
from qingyan.organisations.queries.registered import start_page

DOORS_A_PAGE = 24


@public("the city's front page: schools' names and hotlines, no person")
def front(request: HttpRequest) -> HttpResponse:
    """What this is, where every school's door is, whom to call."""
    name = asked_for(request.GET, "name")
    doors = page_of(places.doors(name), request.GET, size=DOORS_A_PAGE)
    mine = places.schools_by_id(post.school_id for post in request.actor.posts if post.school_id)
    if request.actor.kind is Kind.STAFF and len(mine) == 1 and "name" not in request.GET and "page" not in request.GET:
        return redirect("organisations:home", slug=mine[0].slug)
    return render(request, "organisations/front.html", {"doors": doors, "name": name, "mine": mine})


@public("numbers to call and what to do now; must open for everybody, always")
def help_now(request: HttpRequest) -> HttpResponse:
    """For somebody who needs a person now."""
    return render(request, "organisations/help.html")


@public("a school's home: its name, colours, welcome and doors, no person")
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The school's sub-site; staff of this school are led to where their day starts."""
    view = start_page(request.actor)
    if view and "stay" not in request.GET:
        return redirect(view, slug=slug)
    return render(request, "organisations/home.html", {"works_here": bool(request.actor.roles_here)})
