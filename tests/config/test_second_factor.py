"""The second factor: sealed in the database; wrong codes are braked for the person, wherever they come from."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from qingyan.config.second_factor import MEMORY, MOST_WRONG

PASSWORD = "石榴树下的旧木凳"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def account(committed_db):
    """Somebody with a second factor and recovery codes."""
    with transaction.atomic():
        made = get_user_model().objects.create_user(login="wang.min", password=PASSWORD, name="王敏")
        TOTP.activate(made, SECRET)
        return made


def right_code() -> str:
    """The code of this half minute, unless it is about to end."""
    time.sleep(max(0.0, time.time() % 30 - 27))
    (counter,) = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(SECRET, counter))


def at_the_second_step(address: str = "10.1.1.1") -> Client:
    browser = Client(REMOTE_ADDR=address)
    answer = browser.post("/accounts/login/", {"login": "wang.min", "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    return browser


def tried(browser: Client, code: str) -> bool:
    """Whether the code let the person in."""
    browser.post("/accounts/2fa/authenticate/", {"code": code})
    return "_auth_user_id" in browser.session


def test_the_password_alone_opens_nothing(account):
    browser = at_the_second_step()
    assert "_auth_user_id" not in browser.session
    assert browser.get("/start/").headers["Location"].startswith("/accounts/login/")


def test_the_right_code_lets_in_and_a_used_one_does_not_again(account):
    code = right_code()
    assert tried(at_the_second_step(), code)
    assert not tried(at_the_second_step(), code)


def test_secrets_and_seeds_are_sealed_in_the_database(account):
    with transaction.atomic():
        codes = RecoveryCodes.activate(account).get_unused_codes()
    assert len(codes) == 10
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator ORDER BY type")
        kept = " ".join(text for (text,) in cursor.fetchall())
    assert SECRET not in kept
    assert not re.search(r'"seed": "[0-9a-f]{80}"', kept)
    assert tried(at_the_second_step(), codes[0]), "and can be opened again"
    assert Authenticator.objects.count() == 2


def test_five_wrong_codes_close_the_step_for_the_person_from_every_address_and_browser(account):
    for number in range(MOST_WRONG):
        assert not tried(at_the_second_step(f"10.1.1.{number}"), "000000")
    browser = at_the_second_step("10.9.9.9")
    assert not tried(browser, right_code())
    page = browser.post("/accounts/2fa/authenticate/", {"code": right_code()}).content.decode()
    assert "试错的次数太多了" in page


def test_after_a_quarter_of_an_hour_it_is_open_again(account):
    for _ in range(MOST_WRONG):
        tried(at_the_second_step(), "000000")
    assert not tried(at_the_second_step(), right_code())
    AccessAttempt.objects.update(attempt_time=timezone.now() - MEMORY)
    assert tried(at_the_second_step(), right_code())


def test_a_right_code_forgets_the_wrong_ones(account):
    for _ in range(MOST_WRONG - 1):
        tried(at_the_second_step(), "000000")
    assert tried(at_the_second_step(), right_code())
    assert not AccessAttempt.objects.filter(username__contains="second factor").exists()
