"""The pupil's answering page in a real browser: it tells the truth about saving, and everything works by keyboard."""

import json
from hashlib import sha256

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.ui.conftest import HOTLINES, wait_until

OPTIONS = [{"v": n, "label": word} for n, word in enumerate(("没有", "很轻", "中等", "比较重", "非常重"), start=1)]

NOW_MS = 1_700_000_000_000  # so early that the sequence counts from the server's
SUBMISSION = "6f1c1f1e-0000-4000-8000-000000000001"


class Server:
    """Keeps what arrives; fails as told."""

    def __init__(self, house, *, answered: int = 0, items: int = 4, swap: bool = False, **more):
        self.stands, self.highest = more.pop("stands", []), more.pop("highest", 0)
        self.sealed, self.sealed_status = [], more.pop("sealed_status", 200)
        self.saves, self.handed_in, self.status, self.headers = [], [], 200, []
        self.finish_status, self.down, self.reply = 200, False, {}
        sheet = {
            "sheet": "sheet-1",
            "token": "ticket",
            "title": "七年级 · 秋季",
            "lead": "最近一星期，下面的情况对你有多大影响？",
            "items": [{"i": n + 1, "text": f"第 {n + 1} 个情况", "options": OPTIONS} for n in range(items)],
            "answers": [1] * answered + [None] * (items - answered),
            "seq": 10,
            "now": NOW_MS,
            "submission": SUBMISSION,
            "sealedUrl": "/a/sealed",
            **more,
            "saveUrl": "/a/save",
            "finishUrl": "/a/finish",
            "pauseUrl": "/paused",
            "doneUrl": "/done",
        }
        if swap:
            sheet |= {"items": sheet["items"][::-1], "answers": list(range(1, items + 1))}
        request = RequestFactory().get("/a/")
        request.csp_nonce = "probe"
        house.pages["/a/"] = render_to_string(
            "screening/answering.html", {"answering": sheet, "hotlines": HOTLINES}, request
        )
        house.pages["/done"] = "<!doctype html><title>done</title><h1>谢谢</h1>"
        house.answers["/a/save"], house.answers["/a/finish"] = self._save, self._finish

    def _save(self, route):
        if self.down:
            return route.abort("internetdisconnected")
        self.headers.append(route.request.headers)
        if self.status == 200:
            self.saves.append(json.loads(route.request.post_data))
        return route.fulfill(status=self.status, body=json.dumps(self.reply), content_type="application/json")

    def take_sealed(self, route):
        self.sealed += json.loads(route.request.post_data)["sealed"]
        body = json.dumps({"answers": self.stands, "seq": self.highest})
        return route.fulfill(status=self.sealed_status, body=body, content_type="application/json")

    def _finish(self, route):
        self.handed_in.append(json.loads(route.request.post_data))
        body = json.dumps({"receipt": "r", "next": "/done"})
        return route.fulfill(status=self.finish_status, body=body, content_type="application/json")


@pytest.fixture
def opened(house):
    def start(**facts):
        server = Server(house, **facts)
        house.page.goto(house.home + "/a/")
        house.page.wait_for_selector("[data-answering]:not([hidden])")
        return server, house.page

    yield start
    assert [words for words in house.complaints if "Failed to load resource" not in words] == []


def text(page, name: str) -> str:
    return page.inner_text(f"[data-{name}]")


def test_a_tap_is_saved_and_the_next_question_comes_by_itself(opened):
    server, page = opened()
    assert text(page, "saved-word") == "每答一题就保存"
    page.click("text=中等")
    wait_until(page, lambda: text(page, "text") == "第 2 个情况")
    wait_until(page, lambda: text(page, "saved-word") == "已保存")
    save = server.saves[0]
    assert (save["sheet"], save["seq"], save["item"], save["value"]) == ("sheet-1", 11, 1, 3)
    assert 0 <= save["ms"] < 60_000
    assert server.headers[0]["x-qingyan"] == "1"
    assert server.headers[0]["x-qingyan-sheet"] == "ticket"


def test_it_takes_up_at_the_first_unanswered_question(opened):
    _, page = opened(answered=2)
    assert text(page, "text") == "第 3 个情况"
    assert text(page, "place") == "3 / 4"
    assert text(page, "saved-word") == "已保存"
    assert page.get_attribute("[data-bar]", "aria-valuenow") == "2"


def test_the_whole_page_works_by_keyboard(opened):
    server, page = opened(items=2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "2很轻"
    assert server.saves == []
    page.keyboard.press("Enter")
    wait_until(page, lambda: text(page, "text") == "第 2 个情况")
    page.keyboard.press("Backspace")
    assert text(page, "text") == "第 1 个情况"
    page.keyboard.press("5")
    wait_until(page, lambda: text(page, "text") == "第 2 个情况")
    page.keyboard.press("1")
    page.wait_for_selector("[data-ending]:not([hidden])")
    wait_until(page, lambda: len(server.saves) == 3)
    assert [(save["item"], save["value"]) for save in server.saves] == [(1, 2), (1, 5), (2, 1)]
    assert [save["seq"] for save in server.saves] == [11, 12, 13]


def test_going_back_cancels_the_step_ahead(opened):
    _, page = opened(answered=1)
    page.click("text=很轻")
    page.click("[data-back]")
    page.wait_for_timeout(600)
    assert text(page, "text") == "第 1 个情况"


def test_a_key_pressed_in_haste_still_leads_on(opened):
    _, page = opened()
    for _ in range(4):  # faster than the pause before the next question
        page.keyboard.press("2")
        page.wait_for_timeout(120)
    page.wait_for_timeout(400)
    assert text(page, "text") != "第 1 个情况"


def test_a_key_held_down_answers_one_question(opened):
    server, page = opened()
    for _ in range(12):
        page.keyboard.down("2")  # again without "up": the browser marks it as a repetition
        page.wait_for_timeout(80)
    page.keyboard.up("2")
    assert text(page, "text") == "第 2 个情况"
    assert len(server.saves) == 1


def test_without_network_nothing_claims_to_be_saved_and_nothing_is_lost(opened):
    server, page = opened()
    server.down = True
    for position in (2, 3, 4):
        page.keyboard.press("3")
        wait_until(page, lambda position=position: text(page, "place").startswith(f"{position} /"))
    wait_until(page, lambda: text(page, "saved-word") == "等待网络")
    assert "还有 3 题未上传，请不要关机" in text(page, "unsent")
    server.down = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(page, lambda: text(page, "saved-word") == "已保存")
    assert sorted(save["item"] for save in server.saves) == [1, 2, 3]
    assert page.is_hidden("[data-unsent]")


def test_a_failing_server_is_asked_again_by_itself(opened):
    server, page = opened()
    server.status = 503
    page.click("text=没有")
    wait_until(page, lambda: text(page, "saved-word") == "等待网络")
    server.status = 200
    wait_until(page, lambda: text(page, "saved-word") == "已保存", seconds=8)
    assert len(server.saves) == 1


def test_only_the_newest_answer_of_a_question_is_sent_after_an_outage(opened):
    server, page = opened()
    server.down = True
    page.click("text=没有")
    page.click("[data-back]")
    page.click("text=非常重")
    wait_until(page, lambda: text(page, "saved-word") == "等待网络")
    server.down = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(page, lambda: text(page, "saved-word") == "已保存")
    assert [(save["item"], save["value"]) for save in server.saves][-1] == (1, 5)


@pytest.mark.parametrize("status", [401, 404])
def test_an_ended_sign_in_says_what_to_do(opened, status):
    server, page = opened()
    server.status = status
    page.click("text=没有")
    page.wait_for_selector("[data-stopped-box]:not([hidden])")
    assert "举手告诉老师" in text(page, "stopped-text")
    assert "1 题" in text(page, "stopped-text")
    assert text(page, "saved-word") == "没有保存上"


def test_a_refusal_is_told_in_the_servers_words(opened):
    server, page = opened()
    server.status, server.reply = 409, {"error": "closed", "message": "这次测评已经结束了。"}
    page.click("text=没有")
    page.wait_for_selector("[data-stopped-box]:not([hidden])")
    assert text(page, "stopped-text").startswith("这次测评已经结束了。")
    assert page.is_visible("[data-reload]")
    assert server.saves == []


def test_the_calm_page_does_not_claim_more_than_is_saved(opened):
    server, page = opened()
    server.down = True
    page.click("text=没有")
    wait_until(page, lambda: text(page, "saved-word") == "等待网络")
    page.click("[data-pause]")
    assert page.is_hidden("[data-calm-saved]")


def test_the_last_page_lists_what_is_missing_and_jumps_there(opened):
    server, page = opened(answered=1)
    for _ in range(3):
        page.click("[data-next]")
    assert text(page, "ending-title") == "还有 3 题没有答"
    page.click("[data-missing] button >> nth=1")
    assert text(page, "text") == "第 3 个情况"
    assert server.handed_in == []


def test_handing_in_sends_one_submission_with_the_fingerprint_of_all_answers(opened):
    server, page = opened(answered=3)
    page.keyboard.press("2")
    page.wait_for_selector("[data-ending]:not([hidden])")
    server.finish_status = 503
    page.click("[data-finish]")
    wait_until(page, lambda: text(page, "finish") == "没有连上，再交一次")
    server.finish_status = 200
    page.click("[data-finish]")
    page.wait_for_url("**/done")
    *before, second = server.handed_in
    assert before == [second] * 3  # it asks again by itself twice
    assert second["answers"] == [1, 1, 1, 2]
    assert second["hash"] == sha256(b"[1,1,1,2]").hexdigest()
    assert second["submission"] == SUBMISSION


def test_nothing_stays_on_the_machine(opened, house):
    _, page = opened()
    page.click("text=非常重")
    page.wait_for_timeout(500)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert house.context.cookies() == []


def test_a_pupil_may_stop_at_any_time(opened):
    _, page = opened()
    page.click("[data-pause]")
    calm = page.inner_text("[data-calm]")
    assert "没有人会因此责怪你" in calm
    assert "12355" in calm
    assert page.get_attribute("[data-calm] a[href='/paused']", "href") == "/paused"
    page.keyboard.press("1")
    page.click("[data-resume]")
    assert text(page, "place") == "1 / 4"


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1366, 768)])
def test_a_question_with_five_answers_fits_the_screen(opened, house, width, height):
    house.page.set_viewport_size({"width": width, "height": height})
    _, page = opened()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "document.querySelectorAll('[data-options] button')[4].getBoundingClientRect().bottom <= innerHeight"
    )
    assert page.evaluate(
        "Math.min(...[...document.querySelectorAll('[data-options] button')].map((b) => b.offsetHeight)) >= 44"
    )
