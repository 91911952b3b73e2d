"""The middleware owns transaction, scope and rendering: each way of losing one of them is tried, with its control."""

import sys
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.utils import timezone

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.scope import entered
from qingyan.foundation.jobs.models import Receipt
from qingyan.foundation.web import middleware
from qingyan.foundation.web.middleware import ScopeMiddleware, StreamedOutsideScope
from qingyan.people.models import Student


@pytest.fixture
def arrive(committed_cast, monkeypatch):
    """Send a request of the home school's counsellor through the middleware to a view."""

    def send(view, place=None, account=None):
        place = place or committed_cast.home
        actor = committed_cast.actor(account or place.counsellor, place)
        monkeypatch.setattr(
            middleware, "school_by_slug", lambda slug: place.school if slug == place.school.slug else None
        )
        monkeypatch.setattr(middleware, "actor_of", lambda request: actor)
        request = RequestFactory().get(f"/s/{place.school.slug}/x/")
        request.user = account or place.counsellor
        handler = ScopeMiddleware(lambda request: _as_django_does(handler, request, view))
        return handler(request)

    return send


def _as_django_does(handler, request, view):
    """Django turns a view's exception into a 500 answer before the middleware sees it, after process_exception."""
    try:
        return view(request)
    except Http404:
        return HttpResponse(status=404)
    except Exception as problem:
        handler.process_exception(request, problem)
        return HttpResponse(status=500)


def _receipt(key="x"):
    return Receipt.objects.create(key=key, done_at=timezone.now())


def test_a_view_reads_in_its_scope(arrive):
    assert arrive(lambda request: HttpResponse(str(Student.objects.count()))).content == b"5"


def test_a_template_rendered_after_the_view_still_sees_its_rows(arrive):
    template = engines["django"].from_string("{{ students.count }}")

    def view(request):
        return TemplateResponse(request, template, {"students": Student.objects.all()})

    assert arrive(view).content == b"5"


def test_the_control_rendered_after_the_transaction_the_rows_are_gone(committed_cast):
    actor = committed_cast.actor(committed_cast.home.counsellor, committed_cast.home)
    with transaction.atomic(), entered(actor):
        students = Student.objects.all()
    with connection.cursor() as cursor:
        cursor.execute(str(students.values("id").query).replace('"', ""))
        assert cursor.fetchall() == []


def test_a_view_that_raises_leaves_nothing_half_done(arrive):
    def view(request):
        _receipt()
        raise RuntimeError("half way")

    assert arrive(view).status_code == 500
    assert Receipt.objects.count() == 0


def test_an_error_that_becomes_a_page_of_its_own_may_ask_the_database_and_still_leaves_nothing(arrive, monkeypatch):
    """As allauth does, which asks how somebody may sign in again before it sends them there."""

    def another_page(handler, request, view):
        try:
            return view(request)
        except RuntimeError as problem:
            handler.process_exception(request, problem)
            return HttpResponse(str(Student.objects.count()), status=302)

    def view(request):
        _receipt()
        raise RuntimeError("sign in again")

    monkeypatch.setattr(sys.modules[__name__], "_as_django_does", another_page)
    assert arrive(view).content == b"5"
    assert Receipt.objects.count() == 0


def test_an_answer_of_500_is_rolled_back_too(arrive):
    def view(request):
        _receipt()
        return HttpResponse(status=503)

    arrive(view)
    assert Receipt.objects.count() == 0


def test_an_ordinary_answer_is_committed(arrive):
    def view(request):
        _receipt()
        return HttpResponse("ok")

    arrive(view)
    assert Receipt.objects.count() == 1


def test_an_answer_that_streams_is_refused(arrive):
    with pytest.raises(StreamedOutsideScope):
        arrive(lambda request: StreamingHttpResponse(iter([b"x"])))


def test_the_scope_does_not_reach_the_next_request(arrive, committed_cast):
    for place, other in [(committed_cast.home, committed_cast.far)] * 5 + [
        (committed_cast.far, committed_cast.home)
    ] * 5:
        arrive(lambda request: HttpResponse("x"), place=place)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_student")
            assert cursor.fetchone() == (0,)
        names = arrive(
            lambda request: HttpResponse(",".join(str(s.school_id) for s in Student.objects.all())), place=other
        )
        assert set(names.content.decode().split(",")) == {str(other.school.id)}


def test_an_unknown_school_is_a_404(arrive, committed_cast, monkeypatch):
    monkeypatch.setattr(middleware, "school_by_slug", lambda slug: None)
    monkeypatch.setattr(middleware, "actor_of", lambda request: Actor(kind=Kind.ANONYMOUS))
    with pytest.raises(Http404):
        ScopeMiddleware(lambda request: HttpResponse())(RequestFactory().get("/s/nowhere/x/"))


def test_pages_of_somebody_signed_in_are_never_stored(arrive):
    assert arrive(lambda request: HttpResponse("x")).headers["Cache-Control"] == "no-store, private"


def test_every_request_has_a_number_of_its_own(arrive):
    seen = set()
    for _ in range(2):
        arrive(lambda request: seen.add(request.actor.request_id) or HttpResponse(str(uuid4())))
    assert len(seen) == 2
