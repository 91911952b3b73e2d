"""The system checks: a view without a permission and a table without a scope stop the start."""

from django.http import HttpResponse
from django.urls import path
from django.views.generic import TemplateView

from qingyan.foundation.access import checks
from qingyan.foundation.access.views import public


def _found(monkeypatch, *patterns):
    monkeypatch.setattr(checks, "views_of", lambda: [(str(pattern.pattern), pattern) for pattern in patterns])
    return [(error.id, error.msg) for error in checks.every_view_declares_a_permission(None)]


def test_every_view_of_the_house_declares_itself():
    assert checks.every_view_declares_a_permission(None) == []
    assert checks.every_table_declares_a_scope(None) == []


def test_a_view_without_a_mark_is_an_error(monkeypatch):
    assert _found(monkeypatch, path("open/", lambda request: HttpResponse())) == [
        ("qingyan.E001", "/open/ declares no permission")
    ]


def test_a_class_of_django_itself_is_no_excuse(monkeypatch):
    assert _found(monkeypatch, path("page/", TemplateView.as_view(template_name="x.html")))


def test_a_view_that_says_why_it_is_public_passes(monkeypatch):
    @public(reason="for the test")
    def view(request):
        return HttpResponse()

    assert _found(monkeypatch, path("hello/", view)) == []


def test_a_model_without_a_scope_is_an_error(monkeypatch):
    model = checks.declared()["people_student"][0]
    monkeypatch.delattr(model, "scope")
    assert [error.id for error in checks.every_table_declares_a_scope(None)] == ["qingyan.E002"]
