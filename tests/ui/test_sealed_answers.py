"""What is left on a pupil's machine, looked at in a real Chromium: sealed, only while it waits, and taken up again."""

import json
from uuid import UUID

import pytest

from qingyan.screening.rules.envelopes import opened as unsealed
from qingyan.screening.rules.envelopes import public_key
from tests.ui.conftest import wait_until
from tests.ui.test_answering_page import NOW_MS, Server, text

SECRET, SHEET = b"s" * 32, UUID(int=12)
KEYS = {"sheet": str(SHEET), "key": public_key(SECRET, SHEET)}
# All that a page's scripts may keep, as one text: what somebody with the developer tools would read.
EVERYTHING = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((resolve) => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
      found.push(...rows.map((row) => JSON.stringify(row)));
    }
    database.close();
  }
  for (const name of await caches.keys()) found.push(name);
  return found.filter((one) => one && one !== "{}");
}"""


@pytest.fixture
def machine(house):
    """`machine(**facts)` opens the sheet in the one browser of the machine; closing a page is a crash."""

    def start(**facts):
        server = Server(house, **(KEYS | facts))
        house.answers["/a/sealed"] = server.take_sealed
        house.page.goto(house.home + "/a/")
        house.page.wait_for_selector("[data-answering]:not([hidden])")
        return server, house.page

    yield start
    assert [words for words in house.complaints if "Failed to load resource" not in words] == []


def rows(page) -> list[dict]:
    return [json.loads(one) for one in page.evaluate(EVERYTHING)]


def answer_offline(server, page, count=2):
    server.down = True
    for position in range(count):
        page.keyboard.press("4")
        wait_until(page, lambda position=position: text(page, "place").startswith(f"{position + 2} /"))
    wait_until(page, lambda: "已加密存在这台电脑上" in text(page, "unsent"))


def crash(house):
    """The page is gone, nothing of it ran to the end; the browser's own storage stays."""
    house.page.close(run_before_unload=False)
    house.page = house.context.new_page()


def test_waiting_answers_are_sealed_and_only_the_server_can_open_them(machine):
    server, page = machine()
    answer_offline(server, page)
    assert "还有 2 题未上传" in text(page, "unsent")
    left = rows(page)
    assert [(set(row), row["seq"]) for row in left] == [({"sheet", "seq", "at", "envelope"}, n) for n in (11, 12)]
    said = [json.loads(unsealed(row["envelope"], SECRET, SHEET)) for row in left]
    assert [(one["seq"], one["item"], one["value"]) for one in said] == [(11, 1, 4), (12, 2, 4)]
    assert all(NOW_MS <= one["at"] < NOW_MS + 60_000 for one in said)


def test_the_next_user_of_the_machine_reads_no_answer(machine):
    server, page = machine()
    answer_offline(server, page)
    assert not readable(page.evaluate(EVERYTHING))


def test_the_probe_finds_what_a_careless_page_leaves(machine):
    """Negative control: the same machine with a page that keeps its answers the plain way."""
    _, page = machine()
    page.evaluate("""localStorage.setItem('answers', JSON.stringify({item: 1, value: 4}))""")
    assert readable(page.evaluate(EVERYTHING))


def readable(found: list[str]) -> bool:
    """Whether what was left tells an item with its answer."""
    return any("item" in one and "value" in one for one in found)


def test_what_the_server_acknowledged_is_gone_from_the_machine(machine):
    server, page = machine()
    answer_offline(server, page)
    server.down = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(page, lambda: text(page, "saved-word") == "已保存")
    wait_until(page, lambda: rows(page) == [])


def test_after_a_crash_the_same_pupil_goes_on_where_the_page_died(machine, house):
    server, page = machine()
    answer_offline(server, page)
    left = {row["envelope"] for row in rows(page)}
    crash(house)
    server, page = machine(stands=[None, 4, 4, None, None], highest=12)
    wait_until(page, lambda: text(page, "text") == "第 3 个情况")
    assert set(server.sealed) == left
    wait_until(page, lambda: rows(page) == [])
    page.keyboard.press("1")
    wait_until(page, lambda: len(server.saves) == 1)
    assert server.saves[0]["seq"] == 13


def test_sealed_answers_that_cannot_be_uploaded_yet_are_told_and_never_overtaken(machine, house):
    server, page = machine()
    answer_offline(server, page)
    crash(house)
    server, page = machine(sealed_status=503)
    assert text(page, "text") == "第 1 个情况"
    assert "还有 2 题未上传" in text(page, "unsent")
    page.keyboard.press("1")
    wait_until(page, lambda: len(server.saves) == 1)
    assert server.saves[0]["seq"] == 13  # above all that is sealed: the newer answer wins, whichever comes first
    wait_until(page, lambda: text(page, "saved-word") == "等待网络")


def test_what_is_older_than_a_day_is_thrown_away_whosever_it_is(machine, house):
    server, page = machine()
    answer_offline(server, page, count=1)
    page.evaluate(PUT_OLD, {"sheet": "somebody", "seq": 1, "at": NOW_MS, "envelope": "old"})
    assert len(rows(page)) == 2
    crash(house)
    _, page = machine(sealed_status=503)
    assert [row["seq"] for row in rows(page)] == [11]


PUT_OLD = """(row) => new Promise((resolve) => {
  const asked = indexedDB.open("qingyan-sealed");
  asked.onsuccess = () => {
    const change = asked.result.transaction("envelopes", "readwrite");
    change.objectStore("envelopes").put(row);
    change.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""

DELETED = {
    "crypto.subtle": "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})",
    "indexedDB": "Object.defineProperty(window, 'indexedDB', {value: undefined})",
}


@pytest.mark.parametrize("missing", DELETED)
def test_a_browser_that_cannot_seal_keeps_nothing_and_says_so(machine, house, missing):
    house.context.add_init_script(DELETED[missing])
    server, page = machine()
    server.down = True
    page.keyboard.press("4")
    wait_until(page, lambda: "还有 1 题未上传，请不要关机" in text(page, "unsent"))
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    server.down = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(page, lambda: text(page, "saved-word") == "已保存")


def test_a_shuffled_sheet_is_handed_in_in_item_order(machine):
    server, page = machine(answered=4, swap=True)
    page.wait_for_selector("[data-ending]:not([hidden])")
    page.click("[data-finish]")
    page.wait_for_url("**/done")
    assert server.handed_in[0]["answers"] == [4, 3, 2, 1]
