"""The process that reads a roster is fenced in: memory, time and answer are limited, and it holds no secret."""

import os
import subprocess
import sys

import pytest

from qingyan.people.roster import child
from qingyan.people.roster.child import examined_apart
from qingyan.people.roster.outcome import Refused
from tests.people.roster.files import EXPECTED, examine_apart, pupil, pupils, xlsx


def program(tmp_path, monkeypatch, body: str) -> None:
    """Let the child run `body` instead of the examination, after the same limits."""
    package = tmp_path / "stand_in_for_roster.py"
    package.write_text("from qingyan.people.roster import examination\nexamination.limit_oneself()\n" + body)
    monkeypatch.setattr(child, "PROGRAM", "stand_in_for_roster")
    monkeypatch.setattr(child, "PATHS", (tmp_path, child.ROOT))


def test_a_good_file_comes_back_as_from_the_examination_itself():
    found = examine_apart(xlsx([*pupils(3), pupil(9, 姓名="")]), EXPECTED)
    assert (found.refusal, len(found.rows), len(found.bad)) == (None, 3, 1)
    assert found.rows[2].birth_date.isoformat() == "2012-04-04"


def test_a_file_over_the_limit_never_reaches_a_child(monkeypatch):
    monkeypatch.setattr(child, "PROGRAM", "no_such_program")
    assert examine_apart(bytes(17 * 1024 * 1024), EXPECTED).refusal.code == "too_many_bytes"


def test_a_child_that_eats_memory_is_stopped(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "b = []\nwhile True: b.append(bytes(50_000_000))\n")
    assert examine_apart(b"x", EXPECTED).refusal.code == "damaged"  # MemoryError ends the stand-in with exit code 1


def test_a_child_that_is_killed_for_its_memory_gives_a_clear_refusal(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "import os\nos.abort()\n")
    assert examine_apart(b"x", EXPECTED).refusal.code == "too_heavy"


def test_the_examination_itself_reports_memory_that_ran_out(tmp_path, monkeypatch):
    body = (
        "def hungry(content, expected):\n    b = []\n    while True: b.append(bytes(50_000_000))\n"
        "examination.examine = hungry\nexamination.limit_oneself = lambda: None\nexamination.main()\n"
    )
    program(tmp_path, monkeypatch, body)
    assert examine_apart(b"x", EXPECTED).refusal.code == "too_heavy"


def test_a_child_that_never_ends_is_stopped(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "import time\ntime.sleep(60)\n")
    assert examine_apart(b"x", EXPECTED, seconds=1.0).refusal.code == "too_slow"


def test_a_child_that_answers_without_end_is_stopped(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "import os\nwhile True: os.write(1, bytes(1_000_000))\n")
    assert examine_apart(b"x", EXPECTED).refusal.code == "damaged"


@pytest.mark.parametrize("answer", ["", "not json", '{"rows": 7}', '{"rows": [{"line": 1}]}'])
def test_an_answer_of_another_shape_is_not_believed(tmp_path, monkeypatch, answer):
    program(tmp_path, monkeypatch, f"print({answer!r})\n")
    assert examine_apart(b"x", EXPECTED).refusal.code == "damaged"


@pytest.mark.parametrize("rows", ["7", "[7]", '[{"line": 1}]', "not json"])
def test_rows_of_another_shape_are_not_believed(tmp_path, monkeypatch, rows):
    program(tmp_path, monkeypatch, f"print('{{}}')\nprint({rows!r})\n")
    with examined_apart(b"x", EXPECTED) as answer, pytest.raises(Refused, match="damaged"):
        list(answer.parts())


def test_big_files_come_in_parts():
    with examined_apart(xlsx(pupils(4500)), EXPECTED) as answer:
        assert [len(part) for part in answer.parts()] == [2000, 2000, 500]


def test_whoever_waits_is_asked_meanwhile(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "import time\ntime.sleep(3)\nprint('{}')\n")
    asked = []
    with examined_apart(b"x", EXPECTED, waiting=lambda: asked.append(1)):
        pass
    assert asked


def test_the_child_inherits_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("QINGYAN_MASTER_KEY", "a secret")
    listing = 'import os, json\nprint(json.dumps({"encoding": ",".join(sorted(os.environ))}))\n'
    program(tmp_path, monkeypatch, listing)
    names = set(examine_apart(b"x", EXPECTED).encoding.split(",")) - {"LC_CTYPE"}
    assert names == {"PYTHONPATH", "PYTHONUTF8"}
    assert "QINGYAN_MASTER_KEY" in os.environ


def test_the_serving_process_does_not_even_load_the_parser():
    loaded = "import sys, qingyan.people.roster.child; print('python_calamine' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=child.ROOT)
    assert told.stdout.strip() == "False"
