"""The pages of staff, through the whole stack: the city's and a school's, and what takes effect at the next request."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingyan.people.models import Account, Post
from tests.alerts.setting import browser
from tests.factories.city import PASSWORD

NEW_PASSWORD = "石榴树下的旧木凳和新茶"
GROUPS = re.compile(r"<dd>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</dd>")


def at(name: str, place=None, **parts) -> str:
    if place:
        return reverse(f"people:school_staff{name}", kwargs={"slug": place.school.slug, **parts})
    return reverse(f"people:staff{name}", kwargs=parts)


def words(answer) -> str:
    return answer.content.decode()


def today() -> str:
    return f"{timezone.localdate():%Y-%m-%d}"


@pytest.fixture
def security(cast) -> Client:
    return browser(cast.security_admin)


@pytest.fixture
def admin(cast) -> Client:
    return browser(cast.home.school_admin)


def school_post(cast, **changes) -> dict:
    return {"login": "xin.laoshi", "name": "新老师", "role": "invigilator", "starts_on": today(), **changes}


def city_post(cast, **changes) -> dict:
    return school_post(cast) | {"place": f"school:{cast.home.school.id}"} | changes


def test_the_city_lists_everybody_with_posts_and_no_pupil(cast, security):
    page = words(security.get(at("")))
    for part in ("qingshi.counsellor", "心理教师", "云州市青石中学", "市教育局人员"):
        assert part in page
    assert cast.home.pupil.name not in page


def test_the_list_is_searched_filtered_sorted_and_paged(cast, security):
    def asked(**given) -> str:
        return words(security.get(at(""), given))

    assert "baisha.counsellor" not in asked(text="qingshi")
    assert "qingshi.admin" not in asked(role="counsellor")
    found = asked(role="counsellor", place="白沙")
    assert "baisha.counsellor" in found
    assert "qingshi.counsellor" not in found
    sorted_page = asked(sort="-login")
    assert sorted_page.index("yunling.teacher") < sorted_page.index("auditor")
    assert "没有符合条件的人" in asked(text="谁也不是")
    assert security.get(at(""), {"sort": "password", "page": "x"}).status_code == 200
    for number in range(40):
        Account.objects.create(login=f"filler{number}", name="填充")
    assert "page=2" in asked(text="filler")


def test_a_school_lists_its_own_people_only_and_says_why_it_grants_no_counsellor(cast, admin):
    Post.objects.create(
        account=cast.home.invigilator, role="principal", school=cast.other.school, starts_on="2026-09-01"
    )
    page = words(admin.get(at("", cast.home)))
    assert "qingshi.counsellor" in page
    for foreign in ("baisha", "city.officer", "白沙中学", cast.home.pupil.name):
        assert foreign not in page
    assert "由市里的安全管理员任命" in page
    person = words(admin.get(at("_person", cast.home, account_id=cast.home.invigilator.id)))
    assert "白沙中学" not in person


@pytest.mark.parametrize("part", ["", "_new"])
def test_strangers_get_404(cast, part):
    for account in (cast.city_officer, cast.system_admin, cast.auditor, cast.home.counsellor, cast.home.school_admin):
        assert browser(account).get(at(part)).status_code == 404
    for account in (cast.security_admin, cast.home.counsellor, cast.home.principal, cast.other.school_admin):
        assert browser(account).get(at(part, cast.home)).status_code == 404


def test_a_school_does_not_find_people_of_elsewhere(cast, admin):
    for account in (cast.other.homeroom_teacher, cast.city_officer):
        post = Post.objects.get(account=account)
        assert admin.get(at("_person", cast.home, account_id=account.id)).status_code == 404
        for part in ("_password", "_disable", "_enable", "_add_post"):
            given = school_post(cast)
            assert admin.post(at(part, cast.home, account_id=account.id), given).status_code == 404, part
        assert admin.post(at("_end_post", cast.home, account_id=account.id, post_id=post.id)).status_code == 404


def test_a_school_does_not_reach_its_counsellor_s_account(cast, admin):
    account = cast.home.counsellor
    page = words(admin.get(at("_person", cast.home, account_id=account.id)))
    assert "请找市里的安全管理员" in page
    assert "今天结束" not in page
    post = Post.objects.get(account=account)
    assert admin.post(at("_password", cast.home, account_id=account.id)).status_code == 404
    assert admin.post(at("_end_post", cast.home, account_id=account.id, post_id=post.id)).status_code == 404
    assert browser(account).get(f"/s/{cast.home.school.slug}/alerts/").status_code == 200


def test_a_school_asking_for_a_counsellor_is_told_it_is_no_choice(cast, admin):
    answer = admin.post(at("_new", cast.home), school_post(cast, role="counsellor"))
    assert answer.status_code == 422
    assert not Account.objects.filter(login="xin.laoshi").exists()


def test_a_place_smuggled_into_the_school_s_form_is_not_read(cast, admin):
    admin.post(at("_new", cast.home), school_post(cast, place=f"school:{cast.other.school.id}"))
    assert Post.objects.get(account__login="xin.laoshi").school_id == cast.home.school.id


def test_a_new_homeroom_teacher_signs_in_replaces_the_password_and_sees_the_class(cast, admin):
    answer = admin.post(
        at("_new", cast.home), school_post(cast, role="homeroom_teacher", school_class=cast.home.class_a.id)
    )
    (password,) = GROUPS.findall(words(answer))
    assert "no-store" in answer.headers["Cache-Control"]
    assert password not in words(admin.get(at("", cast.home)))
    client = signed_in("xin.laoshi", password)
    change = reverse("account_change_password")
    classes = f"/s/{cast.home.school.slug}/classes/"
    for path in ("/start/", classes, "/accounts/2fa/"):
        assert client.get(path).headers.get("Location") == change, path
    assert "管理员给的一次性密码" in words(client.get(change))
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert "新密码要和一次性密码不同" in words(client.post(change, same))
    client.post(change, same | {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert client.get(classes).headers["Location"].startswith("/accounts/login/"), "signed out by the change"
    again = signed_in("xin.laoshi", NEW_PASSWORD)
    assert str(cast.home.class_a) in words(again.get(classes))
    assert not Account.objects.get(login="xin.laoshi").must_change_password


def signed_in(login: str, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": password})
    assert "_auth_user_id" in client.session
    return client


def test_the_city_hires_a_counsellor_and_a_homeroom_teacher_by_class_code(cast, security):
    assert GROUPS.findall(words(security.post(at("_new"), city_post(cast, role="counsellor"))))
    teacher = city_post(cast, role="homeroom_teacher", login="ban.zhuren", school_class=cast.home.class_b.code)
    assert GROUPS.findall(words(security.post(at("_new"), teacher)))
    assert Post.objects.get(account__login="ban.zhuren").school_class == cast.home.class_b
    for place, role in (
        (f"district:{cast.home.school.district_id}", "district_lead"),
        (f"city:{cast.city.id}", "city_officer"),
    ):
        given = city_post(cast, role=role, login="new." + role.replace("_", "."), place=place)
        assert GROUPS.findall(words(security.post(at("_new"), given))), role


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"login": "qingshi.counsellor"}, "已经有人使用"),
        ({"login": "王"}, "以字母开头"),
        ({"role": "city_officer"}, "不在这样的地点任职"),
        ({"role": "homeroom_teacher"}, "要写明是哪个班"),
        ({"role": "homeroom_teacher", "school_class": "NOSUCH"}, "没有哪个班"),
        ({"role": "student"}, "role"),
        ({"place": "school:x"}, "place"),
    ],
)
def test_what_cannot_be_is_explained_and_nothing_is_made(cast, security, changes, said):
    before = Account.objects.count()
    answer = security.post(at("_new"), city_post(cast) | changes)
    assert answer.status_code == 422
    assert said in words(answer)
    assert Account.objects.count() == before


def test_an_ended_post_is_gone_at_the_next_request(cast, security):
    teacher = browser(cast.home.homeroom_teacher)
    path = f"/s/{cast.home.school.slug}/classes/"
    assert teacher.get(path).status_code == 200
    post = Post.objects.get(account=cast.home.homeroom_teacher)
    security.post(at("_end_post", account_id=cast.home.homeroom_teacher.id, post_id=post.id))
    assert teacher.get(path).status_code == 302, "signed out"
    assert browser(cast.home.homeroom_teacher.__class__.objects.get(id=post.account_id)).get(path).status_code == 404
    page = words(security.get(at("_person", account_id=post.account_id)))
    assert "已结束" in page


def test_a_disabled_account_is_out_at_the_next_request_and_cannot_come_in(cast, admin):
    account = cast.home.invigilator
    client = browser(account)
    path = f"/s/{cast.home.school.slug}/classes/"
    assert client.get(path).status_code == 200
    assert "已停用" in words(admin.post(at("_disable", cast.home, account_id=account.id), follow=True))
    assert client.get(path).status_code == 302
    stranger = Client()
    stranger.post("/accounts/login/", {"login": account.login, "password": PASSWORD})
    assert "_auth_user_id" not in stranger.session
    admin.post(at("_enable", cast.home, account_id=account.id))
    assert client.get(path).status_code == 302, "an ended session stays ended"
    assert signed_in(account.login, PASSWORD).get(path).status_code == 200


def test_a_new_one_time_password_ends_the_old_one_and_the_sessions(cast, admin):
    account = cast.home.homeroom_teacher
    client = browser(account)
    client.get("/start/")
    answer = admin.post(at("_password", cast.home, account_id=account.id))
    (password,) = GROUPS.findall(words(answer))
    assert client.get("/start/").headers["Location"].startswith("/accounts/login/")
    assert signed_in(account.login, password).get("/start/").headers["Location"] == reverse("account_change_password")
    assert not Account.objects.get(id=account.id).check_password(PASSWORD)


def test_a_post_is_added_and_counts_at_the_next_request(cast, admin):
    account = cast.home.principal
    person = at("_person", cast.home, account_id=account.id)
    given = {"role": "homeroom_teacher", "school_class": cast.home.class_a.id, "starts_on": today()}
    assert "已添加任职" in words(admin.post(at("_add_post", cast.home, account_id=account.id), given, follow=True))
    assert str(cast.home.class_a) in words(admin.get(person))
    again = admin.post(at("_add_post", cast.home, account_id=account.id), given)
    assert (again.status_code, "已经有这个任职" in words(again)) == (422, True)


def test_nobody_changes_the_own_account(cast, security):
    own = cast.security_admin
    page = words(security.get(at("_person", account_id=own.id)))
    assert "这是你自己的账号" in page
    assert "添加任职" not in page
    assert "不能改动自己" in words(security.post(at("_disable", account_id=own.id), follow=True))
    assert "不能改动自己" in words(security.post(at("_password", account_id=own.id), follow=True))
    answer = security.post(at("_add_post", account_id=own.id), city_post(cast, role="counsellor"))
    assert answer.status_code == 422
    assert Account.objects.get(id=own.id).is_active
