"""The pages of consent: coverage that shows a status only, papers of a whole class, texts."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from qingyan.consent.contracts import Word
from qingyan.consent.models import AssentEntry, ConsentEntry, ConsentText
from qingyan.foundation.access.scope import entered
from tests.consent.setting import NOW, TODAY, publish, young_pupil

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def browse(cast):
    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(getattr(cast.home, role, None) or getattr(cast, role), backend=BACKEND)
        return client

    return signed_in


def at(name: str, *keys) -> str:
    return reverse(f"consent:{name}", args=["qingshi", *keys])


def test_a_homeroom_teacher_keys_in_a_class_and_reads_a_status_only(cast, browse):
    publish(cast)
    yes, no, _ = (young_pupil(cast, name) for name in ("甲一", "乙二", "丙三"))
    client, here = browse("homeroom_teacher"), cast.home.class_a.id
    answer = client.post(
        at("papers", here),
        {
            "said_on": "2026-11-20",
            f"word-{yes.id}": "agreed",
            f"relation-{yes.id}": "mother",
            f"word-{no.id}": "refused",
        },
        follow=True,
    )
    page = answer.content.decode()
    assert "已录入 2 份回执" in page
    assert page.count("还没收到</span>") + page.count("还没收到\n") >= 1
    assert "不同意</td>" not in page
    assert "refused" not in page
    with entered(cast.platform()):
        kept = {entry.student_id: entry for entry in ConsentEntry.objects.all()}
    assert set(kept) == {yes.id, no.id}
    assert (kept[yes.id].relation, kept[yes.id].recorded_by_id) == ("mother", cast.home.homeroom_teacher.id)
    printed = client.get(at("missing", here)).content.decode()
    assert "丙三" in printed
    assert "甲一" not in printed
    assert "乙二" not in printed


def test_a_bad_date_loses_nothing_that_was_keyed_in(cast, browse):
    publish(cast)
    pupil = young_pupil(cast)
    data = {"said_on": "", f"word-{pupil.id}": "agreed"}
    answer = browse("school_admin").post(at("papers", cast.home.class_a.id), data)
    assert answer.status_code == 422
    assert '<option value="agreed" selected>' in answer.content.decode()


def test_no_page_of_a_teacher_differs_by_what_a_pupil_said(cast, browse):
    publish(cast)
    client, pages = browse("homeroom_teacher"), [at("coverage"), at("class_list", cast.home.class_a.id)]
    before = [client.get(page).content for page in pages]
    with entered(cast.platform()):
        for word in (Word.NOT_NOW, Word.WITHDRAWN):
            AssentEntry.objects.create(
                student=cast.home.pupil, school=cast.home.school, purpose="screening", word=word, recorded_at=NOW
            )
    assert [_plain(client.get(page).content) for page in pages] == [_plain(page) for page in before]


def _plain(page: bytes) -> bytes:
    """Without what differs by request: tokens and nonces."""
    return b"\n".join(line for line in page.splitlines() if b"csrf" not in line.lower() and b"nonce" not in line)


def test_coverage_costs_the_same_for_more_pupils(cast, browse, django_assert_max_num_queries):
    publish(cast)
    client = browse("school_admin")
    client.get(at("coverage"))
    for number in range(12):
        young_pupil(cast, f"多{number}")
    with django_assert_max_num_queries(28):
        assert "12" in client.get(at("coverage")).content.decode()


def test_the_workbook_holds_a_status_and_no_word(cast, browse):
    publish(cast)
    pupil = young_pupil(cast, "丙三")
    content = browse("counsellor").get(at("coverage_workbook")).content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["班级", "姓名", "家长回执"]
    assert [row[2] for row in rows if row[1] == pupil.name] == ["还没收到"]


def test_the_school_publishes_a_text_and_the_city_another(cast, browse):
    new = {"purpose": "screening", "title": "告家长书", "body": "谁能看到。", "asks_anew": "on"}
    assert "第 1 版" in browse("school_admin").post(at("texts"), new, follow=True).content.decode()
    assert "第 1 版" in browse("city_officer").post(reverse("consent:city_texts"), new, follow=True).content.decode()
    assert {(text.school_id is None, text.version) for text in ConsentText.objects.all()} == {(True, 1), (False, 1)}
    empty = browse("school_admin").post(at("texts"), {**new, "body": ""})
    assert empty.status_code == 422
    assert "告家长书" in empty.content.decode()


def test_without_a_text_nothing_is_kept_and_the_page_says_why(cast, browse):
    data = {"said_on": str(TODAY), f"word-{cast.home.pupil.id}": "agreed"}
    answer = browse("school_admin").post(at("papers", cast.home.class_a.id), data, follow=True)
    assert "还没有发布" in answer.content.decode()
    with entered(cast.platform()):
        assert not ConsentEntry.objects.exists()
