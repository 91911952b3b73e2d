"""The staff's side of the guardians' way: papers with codes for a class, and one pupil's ledger."""

import os
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingyan.consent.actions.links import LONGEST_VALIDITY, issue
from qingyan.consent.contracts import Word
from qingyan.consent.models import AssentEntry, ConsentEntry, GuardianLink
from qingyan.consent.web import slips_pdf
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.consent.setting import NOW, TODAY, publish, young_pupil

BACKEND = "django.contrib.auth.backends.ModelBackend"


def browse(account) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def at(name: str, *keys) -> str:
    return reverse(f"consent:{name}", args=["qingshi", *keys])


def open_links(cast) -> list[GuardianLink]:
    with entered(cast.platform()):
        return list(GuardianLink.objects.filter(voided_at__isnull=True))


def test_papers_are_made_for_those_still_to_be_asked_and_the_code_stands_behind_the_fragment(cast, monkeypatch):
    text, asked, answered = publish(cast), young_pupil(cast, "王小丁"), young_pupil(cast, "赵小戊")
    with entered(cast.platform()):
        said = {"word": "refused", "way": "online", "said_on": TODAY, "recorded_at": NOW}
        ConsentEntry.objects.create(
            student=answered, school=cast.home.school, purpose="screening", text_id=text.id, **said
        )
    drawn, draw = [], slips_pdf.qr
    monkeypatch.setattr(slips_pdf, "qr", lambda text: drawn.append(text) or draw(text))
    client = browse(cast.home.counsellor)
    answer = client.post(at("issue_links", cast.home.class_a.id), {"days": 30, "only_missing": "on"})
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "guardian-slips.pdf" in answer.headers["Content-Disposition"]
    links = open_links(cast)
    assert asked.id in {link.student_id for link in links}
    assert answered.id not in {link.student_id for link in links}
    assert len(drawn) == len(links)
    for address in drawn:
        before, _, code = address.partition("#")
        assert before.endswith("/s/qingshi/guardian/")
        assert len(code) == len("XXXX-XXXX-XXXX")
    if folder := os.environ.get("QINGYAN_PICTURES"):
        Path(folder, "slips.pdf").write_bytes(answer.content)


def test_one_pupil_gets_a_new_paper_and_the_old_one_is_void(cast):
    publish(cast)
    pupil, client = young_pupil(cast), browse(cast.home.school_admin)
    here = (cast.home.class_a.id, pupil.id)
    assert client.post(at("reissue_link", *here)).content.startswith(b"%PDF")
    (first,) = open_links(cast)
    assert client.post(at("reissue_link", *here)).content.startswith(b"%PDF")
    (second,) = open_links(cast)
    assert first.code_hash != second.code_hash
    assert "有可用的码" in client.get(at("links", cast.home.class_a.id)).content.decode()
    client.post(at("void_link", *here))
    assert open_links(cast) == []


def test_without_a_text_no_paper_is_made_and_the_page_says_why(cast):
    client = browse(cast.home.counsellor)
    page = client.post(at("issue_links", cast.home.class_a.id), {"days": 30}, follow=True).content.decode()
    assert "还没有发布知情同意书" in page
    assert open_links(cast) == []


def test_a_homeroom_teacher_makes_no_codes_and_opens_no_ledger(cast):
    client = browse(cast.home.homeroom_teacher)
    assert client.get(at("links", cast.home.class_a.id)).status_code == 404
    assert client.get(at("ledger", cast.home.pupil.id)).status_code == 404
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher), pytest.raises(NotVisible):
        issue(class_id=cast.home.class_a.id, validity=LONGEST_VALIDITY, by=teacher, now=timezone.now())
    page = client.get(at("class_list", cast.home.class_a.id)).content.decode()
    assert "打印家长纸条" not in page
    assert "consent/pupils/" not in page


def test_a_code_is_not_valid_for_longer_than_a_school_term_needs(cast):
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor), pytest.raises(ValueError, match="90 days"):
        issue(class_id=cast.home.class_a.id, validity=2 * LONGEST_VALIDITY, by=counsellor, now=timezone.now())


def test_the_ledger_shows_who_said_what_when_how_and_the_look_is_recorded(cast):
    text, pupil = publish(cast), young_pupil(cast)
    keyed_by = cast.home.school_admin
    with entered(cast.platform()):
        common = {"student": pupil, "school": cast.home.school, "purpose": "screening", "text_id": text.id}
        said = {"word": "agreed", "way": "paper", "relation": "mother", "said_on": TODAY}
        ConsentEntry.objects.create(**common, **said, recorded_at=NOW, recorded_by=keyed_by)
        said = {"word": "withdrawn", "way": "online", "relation": "father", "said_on": TODAY}
        ConsentEntry.objects.create(**common, **said, recorded_at=timezone.now())
        AssentEntry.objects.create(**common, word=Word.NOT_NOW, recorded_at=NOW)
    page = browse(cast.home.counsellor).get(at("ledger", pupil.id)).content.decode()
    assert page.index("收回同意") < page.index("<b>同意</b>")
    for word in ("母亲", "父亲", "家长在线", "纸质回执", keyed_by.name, "第 1 版", "现在不想做"):
        assert word in page
    with entered(cast.platform()):
        looks = AuditEntry.objects.filter(action="consent.ledger_read", student_id=pupil.id)
        assert [look.actor_id for look in looks] == [cast.home.counsellor.id]


def test_a_school_admin_and_another_schools_counsellor_open_no_ledger(cast):
    assert browse(cast.home.school_admin).get(at("ledger", cast.home.pupil.id)).status_code == 404
    assert browse(cast.home.counsellor).get(at("ledger", cast.other.pupil.id)).status_code == 404
    assert browse(cast.other.counsellor).get(at("ledger", cast.home.pupil.id)).status_code == 404
