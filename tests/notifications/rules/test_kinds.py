"""The sentences of notices: none of them tells a bystander what it is about, and the file cannot be made to."""

import pytest

from qingyan.notifications.queries.kinds import kinds
from qingyan.notifications.rules.kinds import TELLING, read

GOOD = {"code": "attention", "text": "您有一条新的待处理事项", "critical": False}


def test_every_sentence_of_the_file_is_neutral():
    assert len(kinds()) >= 10
    assert [one.code for one in kinds().values() if TELLING.search(one.text)] == []


@pytest.mark.parametrize("text", ["陈同学有红色预警", "您有一条心理测评结果", "学生需要帮助", "有一条自伤事项"])
def test_the_control_a_sentence_that_tells_is_refused(text):
    with pytest.raises(ValueError, match="tell too much"):
        read([{**GOOD, "text": text}])


def test_a_kind_written_twice_or_with_a_strange_key_is_refused():
    with pytest.raises(ValueError, match="twice"):
        read([GOOD, GOOD])
    with pytest.raises(ValueError, match="extra"):
        read([{**GOOD, "body": "{name}"}])
    assert list(read([GOOD])) == ["attention"]
