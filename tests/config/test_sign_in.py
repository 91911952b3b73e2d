"""Lockout by person and address together; nobody signs up."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client, RequestFactory

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


PASSWORD = "石榴树下的旧木凳"


def _tried(login: str, password: str, address: str = "10.1.1.1") -> tuple[int, bool]:
    """Status, and whether the sign-in page let the person in."""
    browser = Client(REMOTE_ADDR=address)
    answer = browser.post("/accounts/login/", {"login": login, "password": password})
    return answer.status_code, "_auth_user_id" in browser.session


@pytest.fixture
def staff(committed_db):
    """Two people of one computer room."""
    with transaction.atomic():
        for login in ("wang.min", "li.na"):
            get_user_model().objects.create_user(login=login, password=PASSWORD, name=login)


def test_guessing_locks_that_person_at_that_address_and_nobody_else(staff, settings):
    for spelling in ("wang.min", "WANG.MIN", "ｗａｎｇ.min", " wang.min", "wang.min"):
        assert _tried(spelling, "wrong")[1] is False
    status, let_in = _tried("wang.min", PASSWORD)
    assert (status, let_in) == (429, False)
    assert _tried("li.na", PASSWORD)[1] is True  # the neighbour at the same address
    assert _tried("wang.min", PASSWORD, address="10.2.2.2")[1] is True  # the same person at another address


def test_a_room_that_mistypes_all_together_is_not_locked(staff):
    for n in range(60):
        _tried(f"pupil-who-strayed-{n}", "wrong")
    assert _tried("li.na", PASSWORD)[1] is True


@pytest.mark.parametrize("address", ["signup/", "email/", "confirm-email/", "password/reset/", "password/set/"])
def test_doors_that_an_administrator_keeps_are_not_there(db, address):
    answer = Client().post(f"/accounts/{address}", {"login": "new.person", "password1": PASSWORD})
    assert answer.status_code == 404
    assert not get_user_model().objects.exists()


def test_a_second_factor_is_begun_after_the_password_is_asked_again(staff):
    browser = Client()
    browser.post("/accounts/login/", {"login": "wang.min", "password": PASSWORD})
    answer = browser.get("/accounts/2fa/totp/activate/")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/reauthenticate/?next=")
    answer = browser.post(answer.url, {"password": PASSWORD}, follow=True)
    assert "开通两步验证" in answer.content.decode()


def test_changing_the_password_needs_no_other_door(staff):
    browser = Client()
    browser.post("/accounts/login/", {"login": "wang.min", "password": PASSWORD})
    assert browser.get("/accounts/password/change/").status_code == 200
