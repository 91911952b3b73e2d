"""Workbooks of words: the empty template, and what was brought again as our layout and as an XLSForm.

Every cell goes out as text, never as a formula, so a corrected file can be imported again unchanged.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from qingyan.instruments.contracts import Instrument, Wording
from qingyan.instruments.rules.bringing import ANSWER, ITEM, LEAD_IN, TEXT
from qingyan.instruments.rules.schema import Item

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
EMPTY = Wording({})
WIDE = 60
Rows = Sequence[Sequence[str]]


def sheet_file(instrument: Instrument, words: Wording = EMPTY) -> bytes:
    """One sheet: item, text, one column per answer. Without words the template: texts are empty, known labels stand."""
    values = sorted({option.value for item in instrument.items for option in instrument.options_of(item)})
    rows = [[ITEM, TEXT, *(f"{ANSWER}{value}" for value in values)], [LEAD_IN, words.lead_in]]
    for item in instrument.items:
        labels = _labels(instrument, item, words)
        rows.append([item.id, words.texts.get(item.id, ""), *(labels.get(value, "") for value in values)])
    return _book({"items": rows})


def form_file(instrument: Instrument, words: Wording) -> bytes:
    """An XLSForm: survey, choices (one list for each different set of labels) and settings."""
    questions, choices = [["type", "name", "label"]], [["list_name", "name", "label"]]
    if words.lead_in:
        questions.append(["note", LEAD_IN, words.lead_in])
    lists: dict[tuple[tuple[int, str], ...], str] = {}
    for item in instrument.items:
        labels = tuple(_labels(instrument, item, words).items())
        if labels not in lists:
            lists[labels] = f"answers_{len(lists) + 1}"
            choices += [[lists[labels], str(value), label] for value, label in labels]
        questions.append([f"select_one {lists[labels]}", item.id, words.texts[item.id]])
    settings = [["form_title", "form_id", "version"], [instrument.public_title.zh, instrument.code, instrument.version]]
    return _book({"survey": questions, "choices": choices, "settings": settings})


def _labels(instrument: Instrument, item: Item, words: Wording) -> dict[int, str]:
    own = words.labels.get(item.id, {})
    return {
        option.value: own.get(option.value) or (option.label.zh if option.label else "")
        for option in instrument.options_of(item)
    }


def _book(sheets: Mapping[str, Rows]) -> bytes:
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        plain = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 0, 18, plain)
            sheet.set_column(1, len(rows[0]) - 1, WIDE if name == "items" else 30, plain)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write_string(number, place, cell, plain)
    return buffer.getvalue()
