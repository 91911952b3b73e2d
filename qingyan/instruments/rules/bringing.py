"""From the sheets of a workbook to brought words over an instrument's item ids, or a list of what does not fit. Pure.

Two layouts: our template (one sheet; item, text, a column per answer) and an XLSForm (sheets survey and choices).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qingyan.instruments.rules.schema import Instrument, Item
from qingyan.instruments.rules.wordings import Wording

LEAD_IN = "lead_in"
ITEM, TEXT, ANSWER = "item", "text", "answer "
Sheets = Mapping[str, Sequence[Sequence[str]]]
Labels = dict[str, dict[int, str]]
NUMBERED = re.compile(r"^[a-z_]*?0*(\d+)$")


@dataclass(frozen=True)
class Misfit:
    """One misfit. `code`: layout, unknown_item, twice, no_text, no_label, unknown_answer. `about`: item, value."""

    code: str
    about: str = ""


class DoesNotFit(Exception):
    """The workbook does not hold the words of this instrument; `misfits` say every place."""

    def __init__(self, misfits: list[Misfit]) -> None:
        super().__init__(", ".join(f"{one.code} {one.about}" for one in misfits))
        self.misfits = misfits


def wording_from(sheets: Sheets, instrument: Instrument) -> Wording:
    """The words, complete. Raises DoesNotFit."""
    named = {name.strip().lower(): rows for name, rows in sheets.items()}
    if "survey" in named:
        found, labels, faults = _from_form(named, instrument)
    else:
        found, labels, faults = _from_template(next(iter(sheets.values()), ()), instrument)
    faults += _gaps(found, labels, instrument)
    if faults:
        raise DoesNotFit(faults)
    lead_in = found.pop(LEAD_IN, "")
    return Wording(found, labels, lead_in)


def _from_template(
    rows: Sequence[Sequence[str]], instrument: Instrument
) -> tuple[dict[str, str], Labels, list[Misfit]]:
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    if ITEM not in head or TEXT not in head:
        return {}, {}, [Misfit("layout")]
    texts, faults = _texts([(_at(row, head.index(ITEM)), _at(row, head.index(TEXT))) for row in rows[1:]], instrument)
    labels: Labels = {}
    values = {place: cell.removeprefix(ANSWER) for place, cell in enumerate(head) if cell.startswith(ANSWER)}
    for row in rows[1:]:
        item = _item_id(_at(row, head.index(ITEM)), instrument)
        given = {value: _at(row, place) for place, value in values.items() if _at(row, place)}
        if item in _ids(instrument):
            faults += _keep_labels(item, given, labels, instrument)
    return texts, labels, faults


def _from_form(named: Sheets, instrument: Instrument) -> tuple[dict[str, str], Labels, list[Misfit]]:
    questions, choices = _records(named["survey"]), _records(named.get("choices", ()))
    lists: dict[str, dict[str, str]] = {}
    for row in choices:
        lists.setdefault(row.get("list_name", ""), {})[row.get("name", "")] = _label(row)
    asked = [row for row in questions if row.get("type", "").startswith("select_one ")]
    notes = [row for row in questions if row.get("type") == "note" and row.get("name") == LEAD_IN]
    texts, faults = _texts([(row.get("name", ""), _label(row)) for row in [*notes, *asked]], instrument)
    labels: Labels = {}
    for row in asked:
        item = _item_id(row.get("name", ""), instrument)
        if item in _ids(instrument):
            given = lists.get(row["type"].split()[1], {})
            faults += _keep_labels(item, given, labels, instrument)
    return texts, labels, faults


def _texts(given: list[tuple[str, str]], instrument: Instrument) -> tuple[dict[str, str], list[Misfit]]:
    texts: dict[str, str] = {}
    faults = []
    for name, text in given:
        item = _item_id(name, instrument)
        if item != LEAD_IN and item not in _ids(instrument):
            faults.append(Misfit("unknown_item", name[:30]))
        elif item in texts:
            faults.append(Misfit("twice", item))
        elif text:
            texts[item] = text
    return texts, faults


def _keep_labels(item: str, given: Mapping[str, str], labels: Labels, instrument: Instrument) -> list[Misfit]:
    known = {str(option.value): option.value for option in instrument.options_of(_ids(instrument)[item])}
    labels[item] = {known[value]: label for value, label in given.items() if value in known and label}
    return [Misfit("unknown_answer", f"{item} = {value[:10]}") for value in given if value not in known]


def _gaps(texts: Mapping[str, str], labels: Labels, instrument: Instrument) -> list[Misfit]:
    faults = [Misfit("no_text", item.id) for item in instrument.items if item.id not in texts]
    for item in instrument.items:
        for option in instrument.options_of(item):
            if option.label is None and not labels.get(item.id, {}).get(option.value):
                faults.append(Misfit("no_label", f"{item.id} = {option.value}"))
    return faults


def _item_id(name: str, instrument: Instrument) -> str:
    """The item that a name means: the id itself, or the only one with its number (Q_01, item1 → q1)."""
    plain = name.strip().lower()
    if plain == LEAD_IN or plain in _ids(instrument):
        return plain
    number = NUMBERED.match(plain)
    same = [one for one in _ids(instrument) if number and NUMBERED.sub(r"\1", one) == number[1]]
    return same[0] if len(same) == 1 else plain


def _ids(instrument: Instrument) -> dict[str, Item]:
    return {item.id: item for item in instrument.items}


def _records(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    return [dict(zip(head, row, strict=False)) for row in rows[1:]]


def _label(row: Mapping[str, str]) -> str:
    """The plain label, or the one in Chinese, or the first in any language."""
    chinese = [key for key in row if key.startswith("label") and ("zh" in key or "中文" in key or "chinese" in key)]
    every = [key for key in row if key.startswith("label")]
    return next((row[key] for key in ["label", *chinese, *every] if row.get(key)), "")


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
