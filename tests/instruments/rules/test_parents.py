"""What parents read: the whole library is walked, so a new instrument cannot slip through."""

import pytest

from qingyan.instruments import api
from qingyan.instruments.rules.hazards import hazardous_items
from qingyan.instruments.rules.parents import NAMES_OF_DIAGNOSES, for_parents

LIBRARY = [api.instrument(one.code, one.version) for one in api.released()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("one", LIBRARY, ids=lambda one: f"{one.code}-{one.version}")
def test_no_diagnosis_and_no_sensitive_item_is_ever_shown(one, language):
    shown = for_parents(one, language)
    said = " ".join((shown.title, *shown.about, shown.recall, shown.source, *shown.sample))
    assert NAMES_OF_DIAGNOSES.findall(said) == []
    kept_back = {item.text.in_language(language) for item in hazardous_items(one) if item.text}
    assert kept_back.isdisjoint(shown.sample)
    assert shown.items == len(one.items)
    assert shown.minutes[0] < shown.minutes[1]


def test_items_are_shown_only_where_anybody_may_read_them():
    assert len(for_parents(api.instrument("gad-7"), "zh").sample) == 3
    assert for_parents(api.instrument("scl-90"), "zh").sample == ()
    assert for_parents(api.instrument("who-5"), "zh").sample == ()


def test_scl_90_is_told_in_plain_words_with_its_length_and_sensitive_items_counted():
    shown = for_parents(api.instrument("scl-90"), "zh")
    assert shown.minutes == (12, 20)
    assert shown.sensitive == 2
    assert "心情低落" in shown.about
    assert not [word for word in shown.about if "总" in word or "题数" in word]


def test_a_source_with_a_diagnosis_in_its_title_is_left_to_the_counsellor():
    assert for_parents(api.instrument("dass-21"), "zh").source == ""
    assert "Derogatis" in for_parents(api.instrument("scl-90"), "zh").source


def test_the_control_a_sensitive_item_would_be_among_the_first():
    """PHQ-A's item 9 stands beside harmless ones; without the rule it could be shown."""
    phq = api.instrument("phq-a", "1.1")
    assert phq.items[8].critical
    assert for_parents(phq, "zh").sensitive == 3
