"""Lockout by person and address together; nobody signs up."""

from django.test import RequestFactory

from qingyan.config.sign_in import ClosedAdapter, address_of, login_of


def test_one_spelling_for_one_login():
    request = RequestFactory().post("/", {"login": "  ＷＡＮＧ.Min "})
    assert login_of(request) == "wang.min"
    assert login_of(request, {"username": "Wang.Min"}) == "wang.min"


def test_a_forwarded_address_is_not_believed_without_a_trusted_proxy():
    request = RequestFactory().get("/", REMOTE_ADDR="10.1.1.1", HTTP_X_FORWARDED_FOR="8.8.8.8")
    assert address_of(request) == "10.1.1.1"


def test_behind_one_trusted_proxy_the_nearest_forwarded_address_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="10.1.1.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 8.8.8.8")
    assert address_of(request) == "8.8.8.8"


def test_nobody_signs_up():
    assert ClosedAdapter().is_open_for_signup(RequestFactory().get("/")) is False
