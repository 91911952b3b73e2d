"""The staff's sign-in attacked: names are not told, sessions are not planted, nobody is sent away to a stranger."""

import re
import statistics
import time

import pytest
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

PASSWORD = "石榴树下的旧木凳"
CHANGING = re.compile(r'nonce="[^"]+"|value="[^"]*"|"X-CSRFToken": "[^"]+"')  # and what was typed, which comes back
STRANGERS = [
    "//evil.example/",
    "https://evil.example/",
    "http:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "https://testserver@evil.example/",
    "//testserver.evil.example",
    "\thttps://evil.example",
    "data:text/html,x",
]


@pytest.fixture
def staff(committed_db):
    with transaction.atomic():
        made = get_user_model().objects.create_user
        made(login="wang.min", password=PASSWORD, name="王敏")
        made(login="inactive", password=PASSWORD, name="离职的人", is_active=False)
        made(login="no.password", name="还没有密码的人")


def tried(login: str, password: str = "wrong", **given):
    return Client(**given).post("/accounts/login/", {"login": login, "password": password})


def test_who_exists_is_not_told_by_status_page_or_headers(staff):
    answers = {login: tried(login) for login in ("wang.min", "nobody", "inactive", "no.password")}
    answers["inactive, right password"] = tried("inactive", PASSWORD)
    pages = {CHANGING.sub("", one.content.decode()) for one in answers.values()}
    assert {one.status_code for one in answers.values()} == {200}
    assert len(pages) == 1
    assert len({tuple(sorted(one.headers)) for one in answers.values()}) == 1


def test_who_exists_is_not_told_by_a_lockout(staff):
    outcomes = []
    for login in ("wang.min", "nobody"):
        outcomes.append([tried(login).status_code for _ in range(7)])
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][-1] == 429


def test_a_password_is_hashed_for_nobody_too(staff, settings):
    """Without it an unknown login would be answered many times faster."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    with transaction.atomic():
        account = get_user_model().objects.get(login="wang.min")
        account.set_password(PASSWORD)
        account.save()
    spent = {"wang.min": [], "nobody": []}
    for number in range(8):
        for login, times in spent.items():
            start = time.perf_counter()
            tried(login, REMOTE_ADDR=f"10.1.{number}.1")
            times.append(time.perf_counter() - start)
    known, unknown = (statistics.median(times) for times in spent.values())
    assert 0.5 < known / unknown < 2


def test_a_planted_session_is_not_the_one_that_is_signed_in(staff):
    browser = Client()
    browser.get("/accounts/login/")
    planted = browser.session
    planted["planted"] = "yes"
    planted.save()
    browser.cookies[configured.SESSION_COOKIE_NAME] = planted.session_key
    browser.post("/accounts/login/", {"login": "wang.min", "password": PASSWORD})
    assert "_auth_user_id" in browser.session
    assert browser.session.session_key != planted.session_key
    thief = Client()
    thief.cookies[configured.SESSION_COOKIE_NAME] = planted.session_key
    assert thief.get("/start/").headers["Location"].startswith("/accounts/login/")


def test_signing_out_ends_the_session_on_the_server_and_empties_the_browser(staff):
    browser = Client()
    browser.post("/accounts/login/", {"login": "wang.min", "password": PASSWORD})
    kept = browser.cookies[configured.SESSION_COOKIE_NAME].value
    answer = browser.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer.headers["Cache-Control"]
    browser.cookies[configured.SESSION_COOKIE_NAME] = kept
    assert browser.get("/start/").headers["Location"].startswith("/accounts/login/")


def test_nobody_is_signed_out_by_a_link_or_an_image(staff):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/accounts/login/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    browser.post("/accounts/login/", {"login": "wang.min", "password": PASSWORD, "csrfmiddlewaretoken": token})
    browser.get("/accounts/logout/")
    assert browser.post("/accounts/logout/").status_code == 403
    assert "_auth_user_id" in browser.session


@pytest.mark.parametrize("address", STRANGERS)
def test_nobody_is_sent_to_a_stranger(staff, address):
    for path, form in (
        ("/accounts/login/", {"login": "wang.min", "password": PASSWORD, "next": address}),
        ("/i18n/setlang/", {"language": "en", "next": address}),
    ):
        answer = Client().post(path, form)
        assert "evil" not in answer.headers.get("Location", ""), path
        assert "javascript" not in answer.headers.get("Location", ""), path
    browser = Client()
    browser.post("/accounts/login/", {"login": "wang.min", "password": PASSWORD})
    assert "evil" not in browser.post("/accounts/logout/", {"next": address}).headers.get("Location", "")


@pytest.mark.parametrize(
    ("path", "status", "way"),
    [
        ("//evil.example/s/qingshi/files/", 302, "/accounts/login/?next=/s/qingshi/files/"),
        ("/s/qingshi/files//evil.example", 404, None),
        ("/start/", 302, "/accounts/login/?next=/start/"),
    ],
)
def test_the_way_back_after_signing_in_stays_in_the_house(cast, path, status, way):
    answer = Client().get(path)
    assert (answer.status_code, answer.headers.get("Location")) == (status, way)


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "", "testserver/x"]
)
def test_a_foreign_host_is_refused_before_any_page(cast, host):
    answer = Client(raise_request_exception=False).get("/accounts/login/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(staff):
    browser = Client()
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"login": "wang.min", "password": PASSWORD})
    for name in (configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME):
        cookie = browser.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/"), name
        assert not cookie["domain"]
    assert not browser.cookies[configured.SESSION_COOKIE_NAME]["max-age"], "gone when the browser is closed"


def test_what_was_typed_is_kept_nowhere(staff):
    secret = "typed-into-the-wrong-field-4711"
    tried(secret, secret)
    tried("wang.min", secret)
    with transaction.atomic():
        kept = [str(vars(row)) for row in AccessAttempt.objects.all()]
    assert kept
    assert [row for row in kept if secret in row and f"'username': '{secret}'" not in row] == []
