"""The page of the points: unsigned is said, reading is confirmed before signing, strangers find nothing."""

from qingyan.early_warning.models import PackSignature
from qingyan.early_warning.queries import point_packs
from tests.alerts.setting import browser

PAGE = "/city/order/points/"


def test_the_officer_reads_that_it_is_unsigned_and_signs(cast):
    client = browser(cast.city_officer)
    body = client.get(PAGE).content.decode()
    for words in ("还没有人签署", "没有发表过", "Jacobson", "不会使任何一条往后排"):
        assert words in body, words
    digest = point_packs.current(cast.city.id).digest
    assert client.post(PAGE, {"digest": digest, "read": "on", "note": "先试用"}).status_code == 302
    body = client.get(PAGE).content.decode()
    assert "还没有人签署" not in body
    assert cast.city_officer.name in body
    assert "先试用" in body


def test_without_the_tick_or_for_another_file_nothing_is_signed(cast):
    client = browser(cast.city_officer)
    digest = point_packs.current(cast.city.id).digest
    assert client.post(PAGE, {"digest": digest}).status_code == 422
    refused = client.post(PAGE, {"digest": "0" * 64, "read": "on"})
    assert refused.status_code == 422
    assert "重新读一遍" in refused.content.decode()
    assert PackSignature.objects.count() == 0


def test_a_counsellor_and_a_district_find_no_such_page(cast):
    for account in (cast.home.counsellor, cast.district_lead, cast.system_admin):
        assert browser(account).get(PAGE).status_code == 404
