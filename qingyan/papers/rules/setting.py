"""How a paper is laid out: the blocks of its form filled with its data, ready to be drawn. Pure."""

from collections.abc import Callable
from typing import Any

from qingyan.papers.rules.data import Mark, PaperData
from qingyan.papers.rules.forms import Block, Fixed, Form, OneTime, Pairs, Rows, Signatures, Words

NOTHING = "无"


def layout(form: Form, data: PaperData, mark: Mark) -> dict[str, Any]:
    """What documents/paper.typ draws. A list without rows says so, for a blank space could be filled in later."""
    return {
        "title": form.title,
        "school": data["school"],
        "printed_on": data["printed_on"],
        "mark": mark.words,
        "wide": form.wide,
        "blocks": [DRAWN[type(block)](block, data) for block in form.blocks if _stands(block, data)],
    }


def _stands(block: Block, data: PaperData) -> bool:
    """A code stands only on the one print for which it was made."""
    return not isinstance(block, OneTime) or bool(data.get(block.code.name))


def _pairs(block: Pairs, data: PaperData) -> dict[str, Any]:
    rows = [[one.label, data[one.name]] for one in block.fields]
    return {"kind": "pairs", "rows": rows, "empty": ["", ""] if len(rows) % 2 else []}


def _words(block: Words, data: PaperData) -> dict[str, Any]:
    return {"kind": "words", "label": block.field.label, "text": data[block.field.name] or NOTHING}


def _fixed(block: Fixed, data: PaperData) -> dict[str, Any]:
    return {"kind": "fixed", "text": block.text}


def _rows(block: Rows, data: PaperData) -> dict[str, Any]:
    rows = data[block.name]
    assert isinstance(rows, list)
    cells = [row[one.name] for row in rows for one in block.fields]
    nothing = [NOTHING, *([""] * (len(block.fields) - 1))]
    return {
        "kind": "rows",
        "label": block.label,
        "heads": [one.label for one in block.fields],
        "cells": cells or nothing,
    }


def _signatures(block: Signatures, data: PaperData) -> dict[str, Any]:
    return {"kind": "signatures", "lines": list(block.lines)}


def _one_time(block: OneTime, data: PaperData) -> dict[str, Any]:
    return {
        "kind": "code",
        "label": block.label,
        "about": block.about,
        "term": block.code.label,
        "code": data[block.code.name],
        "more": [[one.label, data[one.name]] for one in block.more],
        "foot": block.foot,
        "square": data[block.square] if block.square else "",
        "apart": block.apart,
    }


DRAWN: dict[type[Block], Callable[..., dict[str, Any]]] = {
    Pairs: _pairs,
    Words: _words,
    Fixed: _fixed,
    Rows: _rows,
    Signatures: _signatures,
    OneTime: _one_time,
}
