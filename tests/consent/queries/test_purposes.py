"""The purposes speak the language of the page; the law keeps its own."""

from django.utils.translation import override

from qingyan.consent.queries.purposes import purposes


def test_a_purpose_is_told_in_the_language_of_the_page():
    with override("zh-hans"):
        assert purposes()["screening"].title == "心理测评"
    with override("en"):
        told = purposes()["screening"]
    assert told.title == "Psychological screening"
    assert "counsellor" in told.explains


def test_the_law_keeps_its_own_wording():
    with override("en"):
        assert purposes()["screening"].basis[0].rule == "中华人民共和国个人信息保护法"
