"""The guardians' page: a code opens it once, the receipt opens it again, and nothing is told to whoever guesses."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from qingyan.consent.actions.links import issue, link_hash, reissue, void
from qingyan.consent.contracts import Word
from qingyan.consent.models import AssentEntry, ConsentEntry, GuardianLink
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.printed_codes import tidied
from qingyan.people.rules.pace import FREE_TRIES
from tests.consent.setting import publish, young_pupil

MONTH = timedelta(days=30)
YES = {"word-screening": "agreed", "relation": "mother"}
NO = {"word-screening": "refused", "relation": "mother"}
CANNOT = "这个码现在打不开"


def at(name: str = "guardian", slug: str = "qingshi") -> str:
    return reverse(f"consent:{name}", args=[slug])


@pytest.fixture
def code(cast) -> str:
    """The code on the paper for one pupil of twelve."""
    publish(cast, body="只有本校心理教师看得到答案。")
    return paper(cast, young_pupil(cast))


def paper(cast, pupil, **changed) -> str:
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        given = {"validity": MONTH, "now": timezone.now(), **changed}
        return reissue(student=pupil.id, by=counsellor, **given).code


def opened(code: str, client: Client | None = None) -> tuple[Client, str]:
    client = client or Client()
    client.get(at())
    return client, client.post(at(), {"code": code}).content.decode()


def held(page: str) -> str:
    return re.search(r'name="held" value="([^"]+)"', page)[1]


def said(cast) -> list[tuple[str, str, str]]:
    with entered(cast.platform()):
        rows = ConsentEntry.objects.order_by("recorded_at")
        return [(row.word, row.way, row.relation) for row in rows]


def receipt_code(page: str) -> str:
    return re.search(r'guardian-code">([^<]+)<', page)[1]


def plain(page: bytes) -> str:
    """Without what differs by request: tokens and nonces."""
    return re.sub(r'(nonce|value|csrf[^=]*)="[^"]{16,}"', "", page.decode())


def test_a_parent_reads_chooses_and_gets_a_receipt(cast, code):
    client, page = opened(code.lower().replace("-", " "))
    assert "李＊＊" in page
    assert "小满" not in page
    assert "只有本校心理教师看得到答案。" in page
    assert "checked" not in page
    answer = client.post(at("guardian_answer"), {"held": held(page), **YES})
    assert "已经交了" in answer.content.decode()
    assert "第 1 版" in answer.content.decode()
    assert said(cast) == [("agreed", "online", "mother")]
    for response in (client.get(at()), answer):
        assert response.headers["Cache-Control"] == "no-store, private"


def test_nothing_chosen_keeps_nothing_and_loses_nothing(cast, code):
    client, page = opened(code)
    answer = client.post(at("guardian_answer"), {"held": held(page), "relation": "father"})
    assert answer.status_code == 422
    assert re.search(r'value="father"[^>]*checked', answer.content.decode())
    assert said(cast) == []
    kept = client.post(at("guardian_answer"), {"held": held(answer.content.decode()), **NO})
    assert kept.status_code == 200
    assert said(cast) == [("refused", "online", "mother")]


def test_the_code_is_spent_by_the_answer_and_a_double_tap_is_kept_once(cast, code):
    client, page = opened(code)
    first = client.post(at("guardian_answer"), {"held": held(page), **YES}).content.decode()
    second = client.post(at("guardian_answer"), {"held": held(page), **NO}).content.decode()
    assert receipt_code(first) == receipt_code(second)
    assert said(cast) == [("agreed", "online", "mother")]
    assert CANNOT in opened(code)[1]


def test_another_page_opened_with_the_same_code_gets_no_receipt(cast, code):
    one, page = opened(code)
    other, second_page = opened(code)
    one.post(at("guardian_answer"), {"held": held(page), **YES})
    late = other.post(at("guardian_answer"), {"held": held(second_page), **NO}).content.decode()
    assert "guardian-code" not in late
    assert said(cast) == [("agreed", "online", "mother")]


def test_the_page_does_not_go_on_at_another_device(cast, code):
    _, page = opened(code)
    stranger = Client()
    stranger.get(at())
    answer = stranger.post(at("guardian_answer"), {"held": held(page), **YES}).content.decode()
    assert "放得太久" in answer
    assert said(cast) == []


def test_the_receipts_code_takes_the_yes_back_and_gives_it_again(cast, code):
    client, page = opened(code)
    page = client.post(at("guardian_answer"), {"held": held(page), **YES}).content.decode()
    for chosen, word in ((NO, "withdrawn"), (YES, "agreed")):
        _, page = opened(receipt_code(page), client)
        assert "上次用这份回执选的" in page
        page = client.post(at("guardian_answer"), {"held": held(page), **chosen}).content.decode()
        assert said(cast)[-1][0] == word


def test_nothing_of_another_guardians_answer_is_told(cast):
    publish(cast)
    pupil, twin = young_pupil(cast, "李小满"), young_pupil(cast, "李小溪")
    client, page = opened(paper(cast, pupil))
    client.post(at("guardian_answer"), {"held": held(page), **YES})
    with entered(cast.platform()):
        AssentEntry.objects.create(
            student=pupil, school=cast.home.school, purpose="screening", word=Word.NOT_NOW, recorded_at=timezone.now()
        )
    # The father comes with a paper of his own: his pages are the same as for a child about whom nobody said anything.
    pages, receipts = [], []
    for one in (pupil, twin):
        client, page = opened(paper(cast, one))
        pages.append(plain(page.encode()))
        receipt = client.post(at("guardian_answer"), {"held": held(page), **NO, "relation": "father"})
        receipts.append(re.sub(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}|\d\d:\d\d", "", plain(receipt.content)))
    assert pages[0] == pages[1]
    assert receipts[0] == receipts[1]
    assert "收回" not in re.sub(r"<footer.*", "", receipts[0], flags=re.DOTALL)


def test_every_code_that_opens_nothing_gets_the_same_answer(cast):
    publish(cast)
    publish(cast, cast.other)
    pupil, now = young_pupil(cast), timezone.now()
    spent, replaced = paper(cast, pupil), None
    client, page = opened(spent)
    client.post(at("guardian_answer"), {"held": held(page), **YES})
    replaced, expired = paper(cast, pupil), paper(cast, young_pupil(cast, "王小"), now=now - 2 * MONTH)
    voided = paper(cast, pupil)
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        assert void(student=pupil.id, by=counsellor, now=now)
    elsewhere = cast.actor(cast.other.counsellor, cast.other)
    with entered(elsewhere):
        foreign = issue(class_id=cast.other.class_a.id, validity=MONTH, by=elsewhere, now=now)[0].code
    codes = [spent, replaced, expired, voided, foreign, "K7QM-3XTP-99ZZ", "短", "0" * 40]
    answers = [_asked_once(wrong) for wrong in codes]
    assert {answer.status_code for answer in answers} == {200}
    assert len({plain(answer.content) for answer in answers}) == 1
    assert CANNOT in answers[0].content.decode()


def _asked_once(code: str):
    client = Client()
    client.get(at())
    return client.post(at(), {"code": code})


def test_a_guessing_device_waits_and_another_one_does_not(cast, code):
    guesser = Client()
    for _ in range(FREE_TRIES):
        answer = opened("0000-0000-0000", guesser)[1]
    assert "秒后再试" in answer
    assert CANNOT in opened(code, guesser)[1]  # even the right one, for as long as the device waits
    assert "李＊＊" in opened(code)[1]


def test_only_a_hash_is_kept_and_it_fits_no_other_school(cast, code):
    with entered(cast.platform()):
        (link,) = GuardianLink.objects.all()
    bare = tidied(code)
    assert bare not in link.code_hash
    assert link.code_hash == link_hash(school_id=cast.home.school.id, code=bare)
    assert link.code_hash != link_hash(school_id=cast.other.school.id, code=bare)


def test_whoever_is_signed_in_on_the_browser_is_neither_asked_nor_recorded(cast, code):
    client = Client()
    client.force_login(cast.home.homeroom_teacher, backend="django.contrib.auth.backends.ModelBackend")
    _, page = opened(code, client)
    client.post(at("guardian_answer"), {"held": held(page), **YES})
    with entered(cast.platform()):
        (entry,) = ConsentEntry.objects.all()
    assert entry.recorded_by_id is None
    assert cast.home.homeroom_teacher.name not in page


def test_what_was_shown_is_what_is_recorded(cast, code):
    client, page = opened(code)
    publish(cast, title="新的一版", now=datetime.now(UTC))
    client.post(at("guardian_answer"), {"held": held(page), **YES})
    with entered(cast.platform()):
        (entry,) = ConsentEntry.objects.select_related("text")
    assert entry.text.version == 1


def test_a_text_with_signs_of_markup_is_shown_as_text(cast):
    publish(cast, body="<script>alert(1)</script>")
    page = opened(paper(cast, young_pupil(cast)))[1]
    assert escape("<script>alert(1)</script>") in page
    assert "<script>alert" not in page
