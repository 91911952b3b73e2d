"""The pages of errands, for who is asked: few words, no case, one answer."""

from tests.alerts.setting import browser
from tests.cases.actions.test_running_errands import WORDS, asked, teacher, waiting
from tests.cases.web.test_pages import at, trail, words

HIDDEN = ("个案", "等级", "研判", "红 ·", "一生一策", "睡好")


def test_a_teacher_reads_what_to_do_and_answers(cast):
    case, client = asked(cast, level="red"), browser(cast.home.homeroom_teacher)
    page = words(client.get(at("errands", cast.home)))
    assert WORDS in page
    assert cast.home.pupil.name in page
    for hidden in (*HIDDEN, case.code, str(case.id)):
        assert hidden not in page
    (one,) = waiting(teacher(cast))
    address = at("errand", cast.home, errand_id=one.id)
    assert client.post(address, {"said": "not_possible", "note": ""}).status_code == 422
    assert "已答复" in words(client.post(address, {"said": "not_possible", "note": "这周我外出学习"}, follow=True))
    assert client.get(address).status_code == 404, "answered once"
    assert "这周我外出学习" in words(client.get(at("errands", cast.home) + "?list=ended"))
    assert "这周我外出学习" in words(browser(cast.home.counsellor).get(at("plans", cast.home, case_id=case.id)))
    assert trail(cast, "errand.list") >= 2


def test_the_leader_who_is_asked_has_the_same_page(cast):
    asked(cast, cast.home.principal)
    assert WORDS in words(browser(cast.home.principal).get(at("errands", cast.home)))
    assert WORDS not in words(browser(cast.home.homeroom_teacher).get(at("errands", cast.home)))


def test_the_list_is_paged_and_costs_the_same_for_many(cast, django_assert_max_num_queries):
    asked(cast, *[cast.home.homeroom_teacher] * 40)
    client = browser(cast.home.homeroom_teacher)
    with django_assert_max_num_queries(40):
        page = words(client.get(at("errands", cast.home)))
    assert "page=2" in page


def test_a_teacher_of_another_school_finds_nothing(cast):
    asked(cast)
    (one,) = waiting(teacher(cast))
    address = at("errand", cast.home, errand_id=one.id)
    assert browser(cast.other.homeroom_teacher).get(address).status_code == 404
    assert browser(cast.home.principal).get(address).status_code == 404
