"""The library's page of an instrument says what a sheet may raise, or why nothing."""

from django.conf import settings
from django.test import Client

from qingyan.alerts.queries.statements import statement
from qingyan.instruments import api as instruments


def page(account, code: str) -> str:
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.get(f"/instruments/{code}/{instruments.plan(code).version}/").content.decode()


def test_a_line_carries_its_level_its_source_and_how_many_reach_it():
    lines = statement("ces-d").lines
    assert [line.level for line in lines] == ["orange", "yellow", "yellow"]
    assert "24 分" in lines[1].source
    assert "21—30" in lines[1].base_rate
    assert statement("ces-d").silence == ""


def test_every_instrument_has_lines_or_a_reason_for_silence():
    for one in instruments.released():
        said = statement(one.code)
        assert bool(said.lines) is not bool(said.silence), one.code


def test_marks_are_told_only_where_the_wording_is_brought():
    assert statement("mht").marked
    assert statement("scl-90").marked == ()


def test_the_page_says_it(cast):
    assert "不会单独提示任何人" in page(cast.home.counsellor, "ucla-8")
    shown = page(cast.home.counsellor, "ces-d")
    assert "青少年提示线" in shown
    assert "不会单独提示任何人" not in shown
