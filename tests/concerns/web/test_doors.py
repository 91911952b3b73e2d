"""The public doors: open without a sign-in, one tap is enough, nothing typed is lost, a token opens the answer."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingyan.concerns.actions.handling import answer
from qingyan.concerns.models import Concern
from qingyan.concerns.rules.flood import OF_ONE_DEVICE
from qingyan.concerns.rules.reports import LONGEST_TEXT
from qingyan.consent.actions.links import reissue
from qingyan.foundation.access.scope import entered
from tests.concerns.setting import CANARY, COMMITTEE, COUNSELLORS, pupil_client, reader, stored
from tests.consent.setting import publish

WORRY = {"writer": "classmate", "about": "二班的小王", "text": CANARY, "seen": "today", "urgency": "today"}


def at(name: str, slug: str = "qingshi") -> str:
    return reverse(f"concerns:{name}", args=[slug])


def token_in(page: str) -> str:
    return re.search(r"data-token>([0-9A-Z-]+)<", page)[1]


def marked(client: Client, name: str = "help") -> dict[str, str]:
    """What the page itself carries."""
    return {"sending": re.search(r'name="sending" value="([^"]+)"', client.get(at(name)).content.decode())[1]}


def test_the_help_page_opens_for_anybody_with_numbers_and_people(cast):
    page = Client().get(at("help")).content.decode()
    for word in ("12355", "12356", "tel:120", "tel:110", "林若溪"):
        assert word in page
    assert Client().get(at("help", "nowhere")).status_code == 404


def test_one_tap_is_enough(cast):
    client = Client()
    page = client.post(at("help_message"), marked(client)).content.decode()
    row = stored(cast)
    assert (row.kind, row.urgency, row.pupil, row.text) == ("help", "now", None, None)
    assert "收到了" in page
    assert "12355" in page
    assert client.get(at("help_message")).url == at("help")


def test_a_reload_of_the_receipt_is_the_same_report(cast):
    client = Client()
    carried = marked(client)
    first, second = (client.post(at("help_message"), carried).content.decode() for _ in range(2))
    assert token_in(first) == token_in(second)
    stored(cast)


def test_a_signed_in_pupil_is_named_or_not_as_the_button_says(cast):
    client = pupil_client(cast)
    assert cast.home.pupil.masked_name in client.get(at("help")).content.decode()
    client.post(at("help_message"), marked(client))
    assert stored(cast).pupil == cast.home.pupil.id
    client.post(at("help_message"), {**marked(client), "unnamed": "1"})
    with entered(cast.platform()):
        assert Concern.objects.filter(pupil__isnull=True, writer__isnull=True).count() == 1


def test_a_pupil_is_nobody_at_another_school_s_door(cast):
    client = pupil_client(cast)
    client.post(at("help_message", "baisha"), {})
    with entered(cast.platform(cast.other)):
        assert Concern.objects.get().pupil is None


def test_a_letter_and_its_answer(cast):
    client = Client()
    sent = {**marked(client, "letter"), "text": CANARY, "urgency": "week"}
    token = token_in(client.post(at("letter"), sent).content.decode())
    me = reader(cast)
    with entered(me):
        answer(box=COUNSELLORS, report_id=stored(cast).id, text="来坐坐吧", by=me, now=timezone.now())
    other = Client()
    page = other.post(at("reply"), {"token": token}).content.decode()
    assert CANARY in page
    assert "来坐坐吧" in page
    page = other.post(at("reply"), {"token": token, "text": "好的"}).content.decode()
    assert "好的" in page
    wrong = other.post(at("reply"), {"token": token[:-1] + ("0" if token[-1] != "0" else "1")}).content.decode()
    assert "打不开" in wrong
    assert CANARY not in wrong


def test_what_was_typed_comes_back_when_something_is_missing(cast):
    answered = Client().post(at("worry"), {**WORRY, "urgency": ""})
    page = answered.content.decode()
    assert answered.status_code == 422
    assert CANARY in page
    assert "二班的小王" in page
    long = Client().post(at("letter"), {"text": "长" * (LONGEST_TEXT + 1), "urgency": "week"})
    assert long.status_code == 422
    assert "长" * (LONGEST_TEXT + 1) in long.content.decode()
    with entered(cast.platform()):
        assert not Concern.objects.exists()


@pytest.mark.parametrize(
    ("text", "status"),
    [("\x00", 422), ("😀" * 900, 200), ("<script>alert(1)</script>", 200), ("' OR 1=1 --", 200)],
)
def test_crooked_text_breaks_nothing(cast, text, status):
    client = Client()
    answered = client.post(at("letter"), {**marked(client, "letter"), "text": text, "urgency": "week"})
    assert answered.status_code == status
    assert "<script>alert" not in answered.content.decode()


def test_a_guardian_s_code_says_who_is_meant_and_is_not_spent(cast):
    publish(cast)
    counsellor = reader(cast)
    with entered(counsellor):
        code = reissue(
            student=cast.home.pupil.id, validity=timezone.timedelta(days=9), by=counsellor, now=timezone.now()
        ).code
    client = Client()
    for _ in range(2):
        client.post(at("worry"), {**WORRY, **marked(client, "worry"), "writer": "guardian", "code": code})
    client.post(at("worry"), {**WORRY, **marked(client, "worry"), "writer": "guardian", "code": "AAAA-AAAA-AAAA"})
    with entered(cast.platform()):
        rows = list(Concern.objects.order_by("received_at"))
    assert [(row.pupil, row.vouched) for row in rows] == [(cast.home.pupil.id, True)] * 2 + [(None, False)]


def test_a_classmate_may_give_the_own_name(cast):
    client = pupil_client(cast)
    client.post(at("worry"), {**WORRY, **marked(client, "worry"), "named": "1"})
    row = stored(cast)
    assert (row.pupil, row.writer) == (None, cast.home.pupil.id)


def test_bullying_goes_to_the_committee(cast):
    client = Client()
    told = {**WORRY, **marked(client, "tell_bullying"), "writer": "classmate"}
    assert "防欺凌委员会的老师已经得到通知" in client.post(at("tell_bullying"), told).content.decode()
    assert stored(cast, COMMITTEE).text == CANARY


def test_a_device_that_sends_very_often_keeps_its_text_and_sees_the_numbers(cast):
    client = Client()
    client.get(at("help"))
    for _ in range(OF_ONE_DEVICE):
        client.post(at("help_message"), {})
    answered = client.post(at("help_message"), {"text": CANARY})
    assert answered.status_code == 429
    assert CANARY in answered.content.decode()
    assert "12355" in answered.content.decode()


def test_nothing_of_a_door_is_kept_by_the_browser_or_stands_in_an_address(cast):
    client = Client()
    answered = client.post(at("letter"), {**marked(client, "letter"), "text": CANARY, "urgency": "week"})
    assert "no-store" in answered.headers["Cache-Control"]
    assert token_in(answered.content.decode()) not in answered.request["PATH_INFO"] + answered.request["QUERY_STRING"]


def test_a_form_of_somebody_else_s_page_is_refused(cast):
    assert Client(enforce_csrf_checks=True).post(at("help_message"), {}).status_code == 403


def test_the_school_s_page_leads_to_its_help_page(cast):
    assert at("help") in Client().get(reverse("organisations:home", args=["qingshi"])).content.decode()
