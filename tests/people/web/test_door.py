"""The door in the browser: three steps, one cookie, nothing left behind."""

import re

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from qingyan.organisations.models import School
from qingyan.people import api as people
from qingyan.people.actions.door import at_the_door
from qingyan.people.models import Slip
from qingyan.people.rules.pictures import CODES
from qingyan.people.web.cookies import DEVICE_COOKIE
from qingyan.people.web.forms import TOKEN_SALT
from tests.screening.setting import city_round

BACKEND = "django.contrib.auth.backends.ModelBackend"


def at(name, slug="qingshi"):
    return reverse(f"people:{name}", args=[slug])


@pytest.fixture
def codes(client, cast):
    """Slips as the counsellor prints them in the browser, by name."""
    client.force_login(cast.home.counsellor, backend=BACKEND)
    sheet = client.post(reverse("people:issue_slips", args=["qingshi", cast.home.class_a.id]), {"days": "7"})
    client.logout()
    found = re.findall(r"<b>(陈雨.)</b>.*?<dd>[A-Z0-9]+</dd>.*?<dd>([0-9A-Z-]{9})</dd>", sheet.content.decode(), re.S)
    assert len(found) == 3
    return dict(found)


def knock(client, cast, code, class_code=None):
    return client.post(at("door"), {"school_class": class_code or cast.home.class_a.code, "code": code})


def confirm(client, page, picture=None):
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert token
    return client.post(at("door_confirmation"), {"token": token[1], "picture": picture or right_picture(token[1])})


def right_picture(token):
    """The picture printed on the slip that the sealed word names."""
    slip = signing.loads(token, salt=TOKEN_SALT)["slip"]
    school = School.objects.get(slug="qingshi")
    with at_the_door(school.id):
        return Slip.objects.get(id=slip).picture


def test_a_pupil_signs_in_by_slip_and_lands_on_the_tests(client, cast, codes):
    city_round(cast, "scl-90")
    client.get(at("door"))
    page = knock(client, cast, codes["陈雨桐"])
    text = page.content.decode()
    assert "陈＊＊" in text
    assert "高一（1）班" in text
    assert "雨桐" not in text
    answer = confirm(client, page)
    cookie = answer.cookies[people.PUPIL_COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert people.read_ticket(cookie.value, now=timezone.now()).student == cast.home.pupil.id
    landed = client.get(answer.headers["Location"], follow=True)
    assert landed.redirect_chain[-1][0] == "/s/qingshi/tests/"
    assert landed.headers["Cache-Control"] == "no-store, private"


def test_wrong_class_and_wrong_slip_give_the_same_page(client, cast, codes):
    client.get(at("door"))
    pages = [knock(client, cast, "0000-0000"), knock(client, cast, codes["陈雨桐"], class_code="NOSUC")]
    typed = rf'value="(?:[^"]{{40,}}|{cast.home.class_a.code}|NOSUC)"'
    texts = [re.sub(rf'{typed}|nonce="[^"]+"', "", page.content.decode()) for page in pages]
    assert texts[0] == texts[1]
    assert pages[0].status_code == pages[1].status_code
    assert len({len(page.content) for page in pages}) == 1


def test_the_class_code_need_not_be_typed_twice_and_the_slip_is_not_shown_again(client, cast, codes):
    text = knock(client, cast, "0000-0000").content.decode()
    assert f'value="{cast.home.class_a.code}"' in text
    assert "0000-0000" not in text


def test_who_reloads_the_second_step_begins_again(client, cast):
    assert client.get(at("door_confirmation")).headers["Location"] == at("door")


def test_a_sealed_word_from_another_machine_opens_nothing(client, cast, codes):
    client.get(at("door"))
    page = knock(client, cast, codes["陈雨桐"])
    client.cookies[DEVICE_COOKIE] = "f" * 32
    answer = confirm(client, page)
    assert people.PUPIL_COOKIE not in answer.cookies
    assert "请再输入一次" in answer.content.decode()


@pytest.mark.parametrize("token", ["", "forged", "a:b:c", "x" * 500])
def test_a_forged_word_opens_nothing(client, cast, token):
    answer = client.post(at("door_confirmation"), {"token": token})
    assert people.PUPIL_COOKIE not in answer.cookies
    assert answer.status_code == 200


@pytest.mark.parametrize("post", ["counsellor", "homeroom_teacher", "invigilator"])
def test_a_pupil_on_a_teachers_machine_signs_the_teacher_out(client, cast, codes, post):
    client.force_login(getattr(cast.home, post), backend=BACKEND)
    client.get(at("door"))
    answer = confirm(client, knock(client, cast, codes["陈雨桐"]))
    assert answer.status_code == 302
    del client.cookies[people.PUPIL_COOKIE]
    assert client.get(reverse("people:slips", args=["qingshi"])).status_code == 302


def test_a_teacher_who_signs_in_after_a_pupil_is_the_teacher(client, cast, codes):
    client.get(at("door"))
    confirm(client, knock(client, cast, codes["陈雨桐"]))
    client.force_login(cast.home.counsellor, backend=BACKEND)
    cast.home.counsellor.last_login = timezone.now() + timezone.timedelta(seconds=2)
    cast.home.counsellor.save(update_fields=["last_login"])
    assert client.get(reverse("people:slips", args=["qingshi"])).status_code == 200


def test_signing_out_ends_the_session_and_empties_the_browser(client, cast, codes):
    client.get(at("door"))
    answer = confirm(client, knock(client, cast, codes["陈雨桐"]))
    kept = answer.cookies[people.PUPIL_COOKIE].value
    out = client.post(at("sign_out"))
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert out.cookies[people.PUPIL_COOKIE].value == ""
    assert "你已退出" in client.get(out.headers["Location"]).content.decode()
    client.cookies[people.PUPIL_COOKIE] = kept
    assert client.get("/s/qingshi/tests/").headers["Location"] == at("door"), "the old cookie opens nothing"


def test_the_ticket_of_one_school_is_nobody_at_another(client, cast, codes):
    client.get(at("door"))
    confirm(client, knock(client, cast, codes["陈雨桐"]))
    assert client.get("/s/qingshi/tests/").status_code == 200
    assert client.get("/s/baisha/tests/").headers["Location"] == at("door", "baisha")


def test_the_door_shows_the_hotlines_to_everybody(client, cast):
    text = client.get(at("door")).content.decode()
    assert "12355" in text
    assert "12356" in text


def test_the_wrong_picture_opens_nothing_and_is_slowed_down(client, cast, codes):
    client.get(at("door"))
    page = knock(client, cast, codes["陈雨桐"])
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]
    right = right_picture(token)
    wrong = [code for code in CODES if code != right]
    for picture in (*wrong[:3], ""):
        answer = confirm(client, page, picture=picture or "none")
        assert answer.status_code == 200
        assert "图没有选对" in answer.content.decode()
        assert people.PUPIL_COOKIE not in answer.cookies
    assert people.PUPIL_COOKIE not in confirm(client, page).cookies, "after wrong ones even the right one waits"


def test_the_page_with_the_pictures_is_the_same_for_every_slip(client, cast, codes):
    client.get(at("door"))
    found = set()
    for name in ("陈雨桐", "陈雨晴") if "陈雨晴" in codes else codes:
        text = knock(client, cast, codes[name]).content.decode()
        found.add("".join(re.findall(r'name="picture" value="([a-z]+)"', text)))
    assert found == {"".join(CODES)}


def test_the_qr_brings_the_class_code_and_never_the_own_code(client, cast, codes):
    page = client.get(at("door") + f"?class={cast.home.class_a.code}").content.decode()
    assert f'value="{cast.home.class_a.code}"' in page
