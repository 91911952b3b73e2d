"""A form that comes a second time is taken once; another rendering of it, a refused one and one with faults are not."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils import timezone

from qingyan.cases.models import Counselling
from qingyan.foundation.access.scope import entered
from qingyan.foundation.sending.jobs import KEPT, forget_sent
from qingyan.foundation.sending.models import SentForm
from qingyan.foundation.sending.sent_once import PLAIN
from tests.alerts.setting import browser
from tests.cases.setting import opened
from tests.cases.web.test_pages import at

GUARD = "qingyan.foundation.sending.sent_once.sent_once"


def talk(**more: str) -> dict[str, str]:
    """The form of a talk, as one rendering of its page carries it."""
    token = get_token(RequestFactory().get("/"))
    when = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    return {"csrfmiddlewaretoken": token, "at": when, "minutes": "40", "way": "room", "summary": "谈了睡眠。", **more}


def send(client: Client, address: str, form: dict[str, str]) -> HttpResponse:
    return client.post(address, urlencode(form), content_type=PLAIN)


def kept(cast) -> int:
    with entered(cast.platform()):
        return Counselling.objects.count()


def test_the_same_form_again_leads_to_where_the_first_did_says_so_and_writes_nothing(cast):
    client, address, form = browser(cast.home.counsellor), at("note", cast.home, case_id=opened(cast).id), talk()
    first, again = send(client, address, form), send(client, address, form)
    assert (first.status_code, again.status_code, first.url) == (302, 302, again.url)
    assert "没有再存一遍" in client.get(again.url).content.decode()
    assert kept(cast) == 1


def test_the_control_without_the_guard_it_is_written_twice(cast, monkeypatch):
    monkeypatch.setattr(settings, "MIDDLEWARE", [one for one in settings.MIDDLEWARE if one != GUARD])
    client, address, form = browser(cast.home.counsellor), at("note", cast.home, case_id=opened(cast).id), talk()
    for _ in range(2):
        send(client, address, form)
    assert kept(cast) == 2


def test_another_rendering_and_another_content_are_other_forms(cast):
    client, address = browser(cast.home.counsellor), at("note", cast.home, case_id=opened(cast).id)
    form = talk()
    for one in (form, talk(), {**form, "summary": "又谈了一次。"}):
        send(client, address, one)
    assert kept(cast) == 3


def test_a_form_with_faults_may_come_again(cast):
    client, address = browser(cast.home.counsellor), at("note", cast.home, case_id=opened(cast).id)
    form = talk(summary="")
    assert [send(client, address, form).status_code for _ in range(2)] == [422, 422]
    assert not SentForm.objects.exists()


def test_what_was_refused_with_a_warning_may_come_again(cast):
    """The page leads on and says what is missing; the same press may succeed once that is mended."""
    client, address = browser(cast.home.counsellor), at("answer_handovers", cast.home)
    form = {"csrfmiddlewaretoken": talk()["csrfmiddlewaretoken"], "said": "accept", "reason": ""}
    assert [send(client, address, form).status_code for _ in range(2)] == [302, 302]
    assert not SentForm.objects.exists()


def test_rows_hold_no_word_and_are_forgotten_after_a_day(cast):
    address = at("note", cast.home, case_id=opened(cast).id)
    send(browser(cast.home.counsellor), address, talk())
    row = SentForm.objects.get()
    assert "睡眠" not in f"{row.digest}{row.location}"
    forget_sent(0)
    assert SentForm.objects.exists()
    SentForm.objects.all().delete()
    SentForm.objects.create(digest=row.digest, at=timezone.now() - 2 * KEPT, location="/")
    forget_sent(0)
    assert not SentForm.objects.exists()
