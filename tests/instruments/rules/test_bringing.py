"""Sheets become words over the instrument's ids, in both layouts; what does not fit is named place by place."""

import pytest

from qingyan.instruments import api
from qingyan.instruments.rules.bringing import DoesNotFit, Misfit, wording_from
from qingyan.instruments.rules.hazards import unmarked_hazards, why_unusable, youngest
from qingyan.instruments.rules.wordings import Wording

WHO = api.instrument("who-5")
VALUES = [option.value for option in WHO.options_of(WHO.items[0])]


def template(texts):
    head = ["item", "text", *(f"answer {value}" for value in VALUES)]
    return {"items": [head, *([item, text, *(f"label {value}" for value in VALUES)] for item, text in texts.items())]}


def faults(sheets):
    with pytest.raises(DoesNotFit) as raised:
        wording_from(sheets, WHO)
    return raised.value.misfits


def test_a_full_template_gives_every_text_and_label():
    words = wording_from(template({item.id: f"text {item.id}" for item in WHO.items} | {"lead_in": "read"}), WHO)
    assert words.lead_in == "read"
    assert words.texts == {item.id: f"text {item.id}" for item in WHO.items}
    assert words.labels[WHO.items[0].id] == {value: f"label {value}" for value in VALUES}


def test_a_form_maps_numbered_names_to_items_and_choices_to_values():
    survey = [["type", "name", "label::中文"], ["begin group", "g", ""]]
    survey += [["select_one often", f"WHO_{number:02}", f"text {number}"] for number in range(1, len(WHO.items) + 1)]
    choices = [["list_name", "name", "label::中文"], *(["often", str(value), f"label {value}"] for value in VALUES)]
    words = wording_from({"survey": survey, "choices": choices}, WHO)
    assert words.texts[WHO.items[2].id] == "text 3"
    assert words.labels[WHO.items[4].id][VALUES[0]] == f"label {VALUES[0]}"


def test_every_misfit_is_named():
    texts = {item.id: "x" for item in WHO.items[1:]} | {"q77": "no such item"}
    sheets = template(texts)
    sheets["items"][0][-1] = "answer 99"
    found = faults(sheets)
    assert Misfit("unknown_item", "q77") in found
    assert Misfit("no_text", WHO.items[0].id) in found
    assert Misfit("unknown_answer", f"{WHO.items[1].id} = 99") in found


def test_a_list_that_is_neither_layout_is_refused_as_such():
    assert Misfit("layout") in faults({"items": [["姓名", "班级"], ["甲", "一班"]]})
    assert Misfit("layout") in faults({})


def test_an_item_twice_is_refused():
    sheets = template({item.id: "x" for item in WHO.items})
    sheets["items"].append(sheets["items"][1])
    assert faults(sheets) == [Misfit("twice", WHO.items[0].id)]


@pytest.mark.parametrize("text", ["有时想到自杀", "I want to DIE", "Hurting yourself in some way"])
def test_plain_words_of_suicide_and_self_harm_are_pointed_out(text):
    first, second = WHO.items[0].id, WHO.items[1].id
    assert unmarked_hazards(WHO, Wording({first: text, second: "心情不错"})) == [first]


def test_marks_need_a_concern_and_a_second_reader_and_mht_needs_a_mark_at_all():
    mht, mmhi = api.instrument("mht"), api.instrument("mmhi-60")
    own_life = {"q85": "suicidal_thought"}
    assert why_unusable(WHO, [], {}, confirmed=False) is None
    assert why_unusable(WHO, ["q1"], {}, confirmed=True) == "marks"
    assert why_unusable(WHO, ["q1"], {"q1": "damage"}, confirmed=False) == "unconfirmed"
    assert why_unusable(WHO, ["q1"], {"q1": "damage"}, confirmed=True) is None
    assert why_unusable(mht, [], {}, confirmed=True) == "marking_missing"
    assert why_unusable(mht, ["q85"], {"q85": "damage"}, confirmed=True) == "marking_missing"
    assert why_unusable(mht, ["q85"], own_life, confirmed=True) is None
    assert why_unusable(mmhi, [], {}, confirmed=False) == "unconfirmed"
    assert why_unusable(mmhi, [], {}, confirmed=True) is None


def test_words_about_the_own_life_are_for_pupils_of_thirteen_and_more():
    mht = api.instrument("mht")
    assert youngest(mht, {"q85": "self_harm"}) == 13
    assert youngest(mht, {"q85": "damage"}) == youngest(mht, {}) == 9
