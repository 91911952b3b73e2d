"""What makes answering bearable: a voice, large print, half a screen, leaving a question out; and old browsers."""

import gzip
import json

import pytest

from qingyan.instruments import api as instruments
from tests.ui.conftest import wait_until
from tests.ui.test_accessibility import AXE, RULES
from tests.ui.test_answering_page import Server, text
from tests.ui.test_front_end import PLAIN, _files, _zipped

VOICE = """
const said = (window.said = []);
const voices = [{lang: 'en-US', localService: true}, {lang: 'zh-CN', localService: LOCAL}];
const nothing = () => undefined;
const speak = (one) => said.push(one.text);
const engine = {getVoices: () => voices, speak, cancel: nothing, addEventListener: nothing};
Object.defineProperty(window, 'speechSynthesis', {value: engine});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
# What machines of 2017 do not know.
OLD = """
delete window.structuredClone;
delete Crypto.prototype.randomUUID;
Object.defineProperty(window, 'indexedDB', {value: undefined});
Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined});
delete window.HTMLDialogElement.prototype.showModal;
delete window.HTMLDialogElement.prototype.close;
for (const name of ['at', 'flat', 'flatMap', 'findLast', 'toSorted']) delete Array.prototype[name];
for (const name of ['at', 'replaceAll', 'matchAll']) delete String.prototype[name];
delete Object.fromEntries;
delete Promise.allSettled;
delete Promise.prototype.finally;
"""


@pytest.fixture
def opened(house):
    def start(script="", size=(390, 844), **facts):
        if script:
            house.context.add_init_script(script)
        house.page.set_viewport_size({"width": size[0], "height": size[1]})
        server = Server(house, **facts)
        house.page.goto(house.home + "/a/")
        house.page.wait_for_selector("[data-answering]:not([hidden])")
        return server, house.page

    yield start
    assert house.complaints == []


def test_the_question_and_its_answers_are_read_aloud_one_by_one(opened):
    _, page = opened(VOICE.replace("LOCAL", "true"), items=2)
    assert page.is_hidden("[data-no-voice]")
    page.click("[data-aloud]")
    page.keyboard.press("2")
    wait_until(page, lambda: text(page, "text") == "第 2 个情况")
    first, second = page.evaluate("said")
    assert first.startswith("第 1 个情况。1，没有。2，很轻")
    assert second.startswith("第 2 个情况")


@pytest.mark.parametrize("script", ["", VOICE.replace("LOCAL", "false")])
def test_without_a_chinese_voice_on_the_machine_the_reason_stands_there(opened, script):
    """A voice from far away would carry the questions out of the school."""
    _, page = opened(script)
    assert page.is_hidden("[data-aloud]")
    assert "不能朗读" in text(page, "no-voice")


def test_a_question_that_upsets_may_be_left_out(opened):
    server, page = opened(items=2)
    page.click("[data-upset]")
    assert "没有人会因此责怪你" in page.inner_text("[data-calm]")
    page.click("[data-skip] button")
    assert text(page, "text") == "第 2 个情况"
    page.click("[data-pause]")
    assert page.is_hidden("[data-skip]")
    page.click("[data-resume]")
    page.keyboard.press("1")
    page.wait_for_selector("[data-ending]:not([hidden])")
    assert [save["item"] for save in server.saves] == [2]


def test_half_a_screen_hides_the_rest_and_no_colour_tells_the_answer(opened):
    _, page = opened()
    page.keyboard.press("3")
    page.click("[data-back]")
    page.click("[data-private]")
    assert page.get_attribute("[data-private]", "aria-pressed") == "true"
    shown = "[...document.querySelectorAll('.ask :is(button, a, p, h1)')].filter((one) => one.offsetParent)"
    lowest = f"Math.max(...{shown}.map((one) => one.getBoundingClientRect().bottom))"
    assert page.evaluate(f"{lowest} <= innerHeight / 2")
    looks = page.evaluate(
        "[...document.querySelectorAll('.ask-option')].map((one) => getComputedStyle(one))"
        ".map((look) => [look.backgroundColor, look.borderColor, look.color, look.boxShadow].join())"
    )
    assert len(set(looks)) == 1
    assert page.get_attribute(".ask-option >> nth=2", "aria-checked") == "true"


@pytest.mark.parametrize("mode", ["", "large", "private"])
@pytest.mark.parametrize("size", [(360, 640), (720, 450)])  # a small telephone; a laptop at 200 %
def test_every_way_of_showing_fits_and_is_accessible(opened, house, mode, size):
    house.page.emulate_media(color_scheme="dark")
    _, page = opened(size=size)
    if mode:
        page.click(f"[data-{mode}]")
    page.keyboard.press("2")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for always in ("[data-saved]", "[data-pause]", "a[href='tel:12355']", "a[href='tel:12356']"):
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        assert page.evaluate(f"""document.querySelector("{always}").getBoundingClientRect().top""") >= 0
    page.evaluate("window.scrollTo(0, 0)")
    assert house.complaints == []  # asked before axe, which itself tries an inline style
    page.evaluate(AXE.read_text())
    found = page.evaluate("(rules) => axe.run(document, rules)", RULES)["violations"]
    house.complaints.clear()
    assert [f"{one['id']}: {node['html'][:100]}" for one in found for node in one["nodes"]] == []


def test_the_state_of_saving_is_told_to_screen_readers(opened):
    _, page = opened()
    assert page.get_attribute("[data-saved]", "role") == "status"
    assert page.get_attribute("[data-unsent]", "role") == "status"


def test_a_pupil_with_an_old_browser_completes_a_sheet(opened):
    server, page = opened(OLD, items=3)
    page.click("[data-pause]")
    assert page.is_visible("[data-calm]")
    page.click("[data-resume]")
    for position in (1, 2, 3):
        wait_until(page, lambda position=position: text(page, "place").startswith(f"{position} /"))
        page.keyboard.press(str(position))
    page.wait_for_selector("[data-ending]:not([hidden])")
    page.click("[data-finish]")
    page.wait_for_url("**/done")
    assert [save["value"] for save in server.saves] == [1, 2, 3]
    assert (server.handed_in[0]["answers"], server.handed_in[0]["hash"]) == ([1, 2, 3], "")


def test_the_whole_page_of_the_longest_sheet_is_light(house):
    """Page, scripts and styles as they travel, compressed; the fonts come from the machine (see fonts/missing.ts)."""
    items = instruments.presentation("scl-90", None, age=16)["items"]
    assert len(items) == 90
    Server(house, items=90, swap=False, key="k" * 87)
    page = house.pages["/a/"] + json.dumps(items, ensure_ascii=False)  # Server's own items compress too well
    weight = len(gzip.compress(page.encode(), 6)) + _zipped(_files(*PLAIN))
    assert 10_000 < weight <= 60_000
