"""The data of each paper: exactly its form's fields, nothing unprintable, no letter where none may go."""

from uuid import uuid4

import pytest

from qingyan.cases.contracts import CaseFacts, MeetingFacts, ReferralFacts, SeatFacts, TalkFacts
from qingyan.papers.rules import dictionaries, forms

HEADING = {"school": "云州市青石中学", "printed_on": "2026-11-27"}
CASE = CaseFacts(
    id=uuid4(),
    school_id=1,
    code="K7M2QA",
    pupil="陈雨桐",
    school_class="高一（1）班",
    level="橙 · 高",
    state="关怀中",
    owner="林若溪",
    opened_on="2026-11-01",
    due_on="2026-12-01",
    ended_on="",
    guardian_withheld=False,
)
TALK = TalkFacts(
    1, 1, "2026-11-02 09:00", "林若溪", (("睡眠", "睡得怎样", "不好"),), (("受到欺负", "疑似"),), "橙 · 高", "睡得不好"
)
MEETING = MeetingFacts(
    "2026-11-03 14:00",
    "两周来睡得不好",
    ("档案",),
    (SeatFacts("宋远", True, True, "橙 · 高", True), SeatFacts("周明", False, False, "", False)),
    "橙 · 高",
    ("情绪稳定",),
    "意见一致",
    "同意",
    "宋远",
    "2026-11-03 16:00",
)
PAPERS = {
    forms.NOTICE: dictionaries.guardian_notice(CASE, **HEADING),
    forms.TALK: dictionaries.interview(CASE, TALK, **HEADING),
    forms.MEETING: dictionaries.panel_minutes(CASE, MEETING, **HEADING),
    forms.REFERRAL: dictionaries.referral(
        ReferralFacts("QSGZ2345", "市三院", "2026-11-04", "监护人同意", "16", "女", ("情绪",), ("没有发现",), ()),
        **HEADING,
    ),
    forms.REGISTER: dictionaries.register([CASE], scope="在管", **HEADING),
}


@pytest.mark.parametrize("code", PAPERS)
def test_a_paper_has_exactly_the_fields_of_its_form(code):
    data, form = PAPERS[code], forms.form(code)
    assert set(data) == form.plain().keys() | form.lists().keys()
    for name, fields in form.lists().items():
        assert data[name]
        assert all(set(row) == set(fields) for row in data[name])


def test_the_letter_home_says_neither_level_nor_state_nor_code():
    said = str(PAPERS[forms.NOTICE])
    assert CASE.pupil in said, "the control"
    for word in (CASE.level, CASE.state, CASE.code):
        assert word not in said


def test_no_letter_home_is_made_where_a_guardian_may_be_the_source_of_harm():
    withheld = CaseFacts(**{**CASE.__dict__, "guardian_withheld": True})
    with pytest.raises(ValueError, match="no letter home"):
        dictionaries.guardian_notice(withheld, **HEADING)


def test_what_xml_cannot_carry_is_taken_out_and_lines_stay():
    talk = TalkFacts(1, 1, "", "", (), (), "", "一\x00二\x0b三\ud800\n四")
    assert dictionaries.interview(CASE, talk, **HEADING)["why"] == "一二三\n四"


@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.code)
def test_invented_data_fills_every_field_and_says_that_it_is_invented(form):
    data = dictionaries.invented(form)
    assert set(data) == form.plain().keys() | form.lists().keys()
    assert all("示例" in str(value) for value in data.values())
