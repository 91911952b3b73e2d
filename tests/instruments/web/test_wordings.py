"""Words are brought in the browser: template, upload, preview, commit, exports; then a round asks with them."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.instruments import api
from qingyan.instruments.api.wordings import words_of
from qingyan.instruments.models import BroughtWording, MarkCheck
from qingyan.instruments.queries.wording_files import form_file, sheet_file
from qingyan.instruments.rules.wordings import Wording
from qingyan.screening.actions import campaigns
from qingyan.screening.actions.campaigns import Holder, Unfit, plan
from qingyan.screening.contracts import CampaignPlan, Chosen
from qingyan.screening.models import CampaignInstrument
from qingyan.screening.queries.campaigns import choices
from qingyan.screening.queries.presented import presented

BACKEND = "django.contrib.auth.backends.ModelBackend"
WHO = api.instrument("who-5")
RIGHT = {"licence": "准许本市学校用于心理普查", "permission_ref": "2026-17"}


def words(mark: str = "题") -> Wording:
    labels = {option.value: f"选项{option.value}" for option in WHO.options_of(WHO.items[0])}
    texts = {item.id: f"{mark} {item.id}" for item in WHO.items}
    return Wording(texts, {item.id: labels for item in WHO.items}, "想一想最近两周")


@pytest.fixture
def counsellor(cast):
    client = Client()
    client.force_login(cast.home.counsellor, backend=BACKEND)
    return client


@pytest.fixture
def address(cast):
    return f"/s/{cast.home.school.slug}/instruments/who-5/1.0/wordings/"


def upload(client, address, content):
    return client.post(address, RIGHT | {"file": SimpleUploadedFile("words.xlsx", content)})


def sealed_in(answer) -> str:
    return re.search(r'name="sealed" value="([^"]+)"', answer.content.decode())[1]


def commit(client, address, answer, **given):
    return client.post(address, RIGHT | {"sealed": sealed_in(answer), "read_all": "on"} | given)


def a_round(cast, grade=7):
    now = timezone.now()
    given = CampaignPlan("春季", "告知", now, now + timedelta(days=7), (Chosen("who-5", "1.0", grade, grade),))
    actor = cast.actor(cast.home.counsellor, cast.home)
    side_by_side = patch.object(campaigns, "burden_faults", lambda *_: [])
    with transaction.atomic(), entered(actor), side_by_side:
        return plan(holder=Holder(school_id=cast.home.school.id), given=given, by=actor, now=now)


def test_words_travel_from_the_file_to_the_round_and_stay_there(cast, counsellor, address):
    with pytest.raises(Unfit):
        a_round(cast)
    shown = upload(counsellor, address, sheet_file(WHO, words()))
    assert "题 q3" in shown.content.decode()
    assert BroughtWording.objects.count() == 0
    assert commit(counsellor, address, shown).status_code == 302
    row = BroughtWording.objects.get()
    assert (row.number, row.school_id, row.imported_by_id) == (1, cast.home.school.id, cast.home.counsellor.id)
    assert "who-5" in [one.summary.code for one in choices(school_id=cast.home.school.id)]
    assert "who-5" not in [one.summary.code for one in choices(school_id=cast.other.school.id)]
    first = a_round(cast)
    commit(counsellor, address, upload(counsellor, address, form_file(WHO, words("新题"))))
    assert [presented(one.id, "who-5", "1.0", 13)["items"][0]["text"] for one in (first, a_round(cast))] == [
        "题 q1",
        "新题 q1",
    ]
    assert CampaignInstrument.objects.get(campaign=first).wording_id == row.id


def test_both_exports_come_back_as_the_same_words(counsellor, address):
    commit(counsellor, address, upload(counsellor, address, sheet_file(WHO, words())))
    row = BroughtWording.objects.get()
    for form in ("", "&as=form"):
        file = counsellor.get(f"{address}file/?of={row.id}{form}")
        commit(counsellor, address, upload(counsellor, address, file.content))
    assert {one.digest for one in BroughtWording.objects.all()} == {words_of(row.id).digest}
    assert BroughtWording.objects.count() == 3


def test_a_file_that_does_not_fit_is_refused_in_words_and_nothing_is_kept(counsellor, address):
    answer = upload(counsellor, address, counsellor.get(f"{address}file/").content)
    assert answer.status_code == 422
    assert "q1 没有题文" in answer.content.decode()
    assert upload(counsellor, address, b"PK no workbook").status_code == 422
    assert "授权编号" in counsellor.post(address, {}).content.decode()
    assert BroughtWording.objects.count() == 0


def test_words_of_self_harm_must_be_marked_and_read_by_two_before_a_round_uses_them(cast, counsellor, address):
    spoken = words()
    spoken = Wording(spoken.texts | {"q2": "我想过自杀"}, spoken.labels)
    shown = upload(counsellor, address, sheet_file(WHO, spoken))
    assert commit(counsellor, address, shown).status_code == 422
    assert commit(counsellor, address, shown, mark_q2="suicidal_thought").status_code == 302
    row = BroughtWording.objects.get()
    assert (row.marks, row.concerns) == (["q2"], {"q2": "suicidal_thought"})
    with pytest.raises(Unfit):
        a_round(cast, grade=8)
    assert "逐题核对标记" not in counsellor.get(address).content.decode()
    counsellor.post(address, {"wording": row.id, "agreed": "on"})
    assert MarkCheck.objects.count() == 0, "the importer is not the second person"
    officer, at_city = Client(), "/instruments/who-5/1.0/wordings/"
    officer.force_login(cast.city_officer, backend=BACKEND)
    assert "逐题核对标记" in officer.get(at_city).content.decode()
    officer.post(at_city, {"wording": row.id})
    assert MarkCheck.objects.count() == 0, "nothing was ticked"
    officer.post(at_city, {"wording": row.id, "agreed": "on"})
    assert MarkCheck.objects.get().checked_by_id == cast.city_officer.id
    with pytest.raises(Unfit, match="13 到"):
        a_round(cast)
    assert CampaignInstrument.objects.get(campaign=a_round(cast, grade=8)).wording_id == row.id


def test_a_broken_seal_keeps_nothing(counsellor, address):
    answer = counsellor.post(address, RIGHT | {"sealed": "made-up", "read_all": "on"})
    assert answer.status_code == 302
    assert BroughtWording.objects.count() == 0


def test_what_was_brought_cannot_be_changed(cast, counsellor, address):
    commit(counsellor, address, upload(counsellor, address, sheet_file(WHO, words())))
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        entered(cast.actor(cast.home.counsellor, cast.home)),
    ):
        BroughtWording.objects.update(licence="x")
