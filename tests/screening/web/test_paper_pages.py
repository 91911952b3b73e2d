"""Paper from the printer to the receipt, by clicks; the PDF's pages carry no name and no secret."""

import pytest
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.screening.models import PaperForm
from tests.papers.reading import pages
from tests.screening.setting import school_round


@pytest.fixture
def at(client, cast):
    """`at("counsellor", path)` opens a page of the home school as that person."""

    def ask(name, path, **data):
        client.force_login(getattr(cast.home, name), backend="django.contrib.auth.backends.ModelBackend")
        whole = f"/s/{cast.home.school.slug}/{path}"
        return client.post(whole, data) if data else client.get(whole)

    return ask


@pytest.fixture
def printed(cast, at):
    """A round, and a batch with one form for the pupil of the story and a blank one."""
    campaign = school_round(cast, "phq-a")
    path = f"campaigns/{campaign.id}/paper/print/{cast.home.class_a.id}/"
    assert at("counsellor", path).status_code == 200
    answer = at("counsellor", path, instrument="phq-a", students=str(cast.home.pupil.id), blank="1")
    assert answer.status_code == 302
    return campaign, answer.url.split(f"/s/{cast.home.school.slug}/")[1]


def form_of(cast):
    with entered(cast.platform()):
        return PaperForm.objects.get(student=cast.home.pupil)


def test_nothing_chosen_is_said_beside_the_form(cast, at):
    campaign = school_round(cast, "phq-a")
    path = f"campaigns/{campaign.id}/paper/print/{cast.home.class_a.id}/"
    answer = at("counsellor", path, instrument="phq-a", blank="0")
    assert answer.status_code == 422
    assert "请至少选一位学生" in answer.content.decode()


def test_the_name_stands_on_the_cover_and_nowhere_else(cast, at, printed):
    _, batch = printed
    answer = at("counsellor", batch.rstrip("/") + ".pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="forms.pdf"'
    code = form_of(cast).code
    mine = [page for page in pages(answer.content) if code in page]
    assert len(mine) >= 2
    assert [cast.home.pupil.name in page for page in mine] == [True] + [False] * (len(mine) - 1)


def test_two_persons_key_by_the_page_and_the_sheet_is_taken_over(cast, at, printed):
    campaign, batch = printed
    form = form_of(cast)
    at("counsellor", batch, helper=str(cast.home.invigilator.id))
    at("counsellor", batch, signed=str(form.id))
    page = at("invigilator", f"paper/{form.id}/").content.decode()
    assert form.code in page
    assert cast.home.pupil.name not in page
    assert at("invigilator", f"paper/{form.id}/key/", number="1", box="2").status_code == 204
    assert at("invigilator", f"paper/{form.id}/key/", number="1", box="9").status_code == 422
    assert 'value="2"' in at("invigilator", f"paper/{form.id}/").content.decode()
    boxes = {f"box{number}": "2" for number in range(1, 10)}
    assert at("invigilator", f"paper/{form.id}/finish/", **boxes).status_code == 302
    at("counsellor", f"paper/{form.id}/finish/", **(boxes | {"box7": "1"}))
    assert "第 7 题：第一遍 2，第二遍 1" in at("counsellor", f"paper/{form.id}/compare/").content.decode()
    assert at("counsellor", f"paper/{form.id}/compare/", box7="").status_code == 422
    assert at("counsellor", f"paper/{form.id}/compare/", box7="2").status_code == 302
    assert form_of(cast).state == "taken_over"
    listed = at("counsellor", f"campaigns/{campaign.id}/paper/").content.decode()
    assert cast.home.pupil.name in listed
    assert "已交卷" in listed
    assert form.code not in at("invigilator", f"campaigns/{campaign.id}/paper/").content.decode()


def test_an_invigilator_who_was_not_named_finds_nothing(cast, at, printed):
    campaign, batch = printed
    assert at("invigilator", f"paper/{form_of(cast).id}/").status_code == 404
    assert at("invigilator", batch).status_code == 404
    assert form_of(cast).code not in at("invigilator", f"campaigns/{campaign.id}/paper/").content.decode()
    assert timezone.now() > form_of(cast).printed_at
