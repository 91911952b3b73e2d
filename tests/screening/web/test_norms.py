"""Norms of the city in the browser: asked for once, shown beside the published ones, taken along as a workbook."""

from io import BytesIO

import openpyxl
import pytest

from qingyan.instruments.api.norms import LocalNorm, LocalNormCell
from qingyan.screening.models import Campaign
from tests.screening.actions.test_norming import closed, computed, handed_in
from tests.screening.setting import city_round

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def staff(client):
    def sign_in(account):
        client.force_login(account, backend=BACKEND)
        return client

    return sign_in


def test_the_officer_asks_and_everybody_reads_it_beside_the_published_ones(cast, staff):
    campaign = city_round(cast, "gad-7")
    address = f"/campaigns/{campaign.id}/norms/"
    browser = staff(cast.city_officer)
    assert "活动结束以后才能计算常模" in browser.get(address).content.decode()
    handed_in(cast, cast.home, campaign, list(range(20)) * 2, doubtful=False)
    closed(campaign)
    assert browser.post(address, {"instrument": "gad-7", "group_by": "grade"}).status_code == 302
    computed(campaign)
    norm = LocalNorm.objects.get()
    assert f"/instruments/norms/{norm.id}/" in browser.get(address).content.decode()
    assert browser.post(address, {"instrument": "gad-7", "group_by": "age"}).status_code == 422
    teacher = staff(cast.home.homeroom_teacher)
    assert "本市常模 n = 约 40" in teacher.get("/instruments/gad-7/1.0/").content.decode()
    body = teacher.get(f"/instruments/norms/{norm.id}/").content.decode()
    assert "高一 · 女" in body
    assert "9.5" in body
    assert teacher.get(address).status_code == 404


def test_the_workbook_has_the_t_score_of_every_value(cast, staff):
    campaign = city_round(cast, "gad-7")
    handed_in(cast, cast.home, campaign, [6] * 20 + [14] * 20, doubtful=False)
    closed(campaign)
    computed(campaign)
    norm, cell = LocalNorm.objects.get(), LocalNormCell.objects.get()
    answer = staff(cast.home.counsellor).get(f"/instruments/norms/{norm.id}.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True))
    table = {row[7]: row[8] for row in rows if row[7] is not None}
    assert len(table) == 22
    assert table[10] == 50
    assert table[14] == round(50 + 10 * 4 / cell.sd)


def test_a_norm_that_does_not_exist_is_not_found(cast, staff):
    campaign = Campaign(id="00000000-0000-4000-8000-000000000000")
    assert staff(cast.home.counsellor).get(f"/instruments/norms/{campaign.id}/").status_code == 404
