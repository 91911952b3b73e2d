"""A log line holds no query string and, in production, no words of an exception."""

import json
import logging
import sys

from qingyan.config.log_lines import LineFormatter


def _record(name: str, message: str, *, failing: bool = False) -> logging.LogRecord:
    info = None
    if failing:
        try:
            raise ValueError("Key (number)=(110101200801011234) already exists\nDETAIL: 王小明")
        except ValueError:
            info = sys.exc_info()
    return logging.LogRecord(name, logging.ERROR, "file.py", 1, message, None, info)


def test_production_keeps_the_words_of_an_exception_out():
    line = LineFormatter().format(_record("django.request", "Internal Server Error: /s/first/", failing=True))
    told = json.loads(line)
    assert told["error"] == "ValueError"
    assert "110101200801011234" not in line
    assert "王小明" not in line
    assert told["trace"]


def test_elsewhere_the_first_line_helps_but_the_row_stays_out():
    line = LineFormatter(messages_of_errors=True).format(_record("x", "m", failing=True))
    assert "already exists" in line
    assert "王小明" not in line


def test_a_query_string_is_cut():
    told = json.loads(LineFormatter().format(_record("django.request", "Not Found: /s/first/?name=王小明")))
    assert told["message"] == "Not Found: /s/first/"


def test_one_record_is_one_line():
    assert "\n" not in LineFormatter().format(_record("x", "two\nlines"))
