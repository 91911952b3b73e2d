"""A parent with a paper in the hand: scans, reads, chooses, keeps the receipt. In a real browser, phone and desk.

The paper itself is the school's PDF, made on the same pages that a counsellor uses.
"""

import os
import re
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from qingyan.consent.actions.links import LONGEST_VALIDITY, reissue
from qingyan.consent.models import ConsentEntry
from qingyan.foundation.access.scope import entered
from tests.consent.setting import publish, young_pupil

pytestmark = pytest.mark.journeys

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
BODY = "学校请全体同学做一次心理问卷，大约 20 分钟。\n\n只有本校心理教师看得到答案；班主任、校领导和其他家长看不到。"


def _paper(cast) -> str:
    with transaction.atomic():
        publish(cast, title="心理测评告家长书", body=BODY)
        publish(cast, purpose="counselling", title="个别心理辅导告家长书", body="由本校心理教师与孩子谈话。")
        pupil = young_pupil(cast)
        counsellor = cast.actor(cast.home.counsellor, cast.home)
        with entered(counsellor):
            return reissue(student=pupil.id, validity=LONGEST_VALIDITY, by=counsellor, now=timezone.now()).code


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_a_parent_answers_from_the_paper(committed_cast, new_page, axe, width, dark):
    page, code, faults = new_page(width=width, dark=dark), _paper(committed_cast), []

    def look(name: str) -> None:
        faults.extend(axe(page))
        assert not page.evaluate(TOO_WIDE)
        if folder := os.environ.get("QINGYAN_PICTURES"):
            page.screenshot(path=Path(folder) / f"guardian-{name}-{width}.png", full_page=True)

    page.goto(f"/s/qingshi/guardian/#{code}")
    assert page.input_value("[name=code]") == code
    assert "#" not in page.url
    look("code")
    page.keyboard.press("Enter")  # the script left the focus on the button
    page.wait_for_selector("[name=held]", state="attached")
    assert page.locator("input:checked").count() == 0
    look("choice")
    page.get_by_role("button", name="交给学校").click()
    page.wait_for_selector("[role=alert]")
    look("lacking")
    page.locator("[name=word-screening][value=agreed]").check()
    page.locator("[name=word-counselling][value=refused]").check()
    page.locator("[name=relation][value=mother]").check()
    page.get_by_role("button", name="交给学校").click()
    page.wait_for_selector(".guardian-code")
    look("receipt")
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", page.inner_text(".guardian-code"))
    assert page.get_by_role("button", name="打印这张回执").is_visible()
    assert faults == []
    with transaction.atomic(), entered(committed_cast.platform()):
        assert set(ConsentEntry.objects.values_list("purpose", "word")) == {
            ("screening", "agreed"),
            ("counselling", "refused"),
        }
