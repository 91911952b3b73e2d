"""All sheets of a workbook as text: the thin door for other lists than the roster (`python -m …tables`).

Runs in the child process only, with the roster's limits and the roster's refusals; child.py starts it.
"""

import io
import sys

import msgspec
from python_calamine import CalamineError, CalamineWorkbook

from qingyan.people.roster import inspection
from qingyan.people.roster.examination import limit_oneself
from qingyan.people.roster.outcome import Problem, Refused, Tables

MOST_LINES = 1000
MOST_WIDE = 60
LONGEST_TEXT = 1000


def tables(content: bytes) -> Tables:
    """Every sheet with content. A file that cannot be used comes back as a refusal, never as an exception."""
    try:
        if not content.startswith(b"PK"):
            raise Refused("wrong_kind", kind="?")
        names = inspection.inspect_all(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return Tables(sheets={name: _sheet(book, name) for name in names})
    except (CalamineError, ValueError, OSError):
        return Tables(refusal=Problem(code="damaged"))
    except Refused as refused:
        return Tables(refusal=refused.problem)


def main() -> None:
    """Run as the child process: limits first, then one file."""
    limit_oneself()
    try:
        answer = msgspec.json.encode(tables(sys.stdin.buffer.read()))
    except (MemoryError, RecursionError):
        answer = msgspec.json.encode(Tables(refusal=Problem(code="too_heavy")))
    sys.stdout.buffer.write(answer)


def _sheet(book: CalamineWorkbook, name: str) -> list[list[str]]:
    rows = [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    filled = [row for row in rows if any(row)]
    if len(filled) > MOST_LINES or any(len(row) > MOST_WIDE for row in filled):
        raise Refused("too_many_rows", rows=len(filled), limit=MOST_LINES)
    for line, row in enumerate(rows, start=1):
        if any(len(cell) > LONGEST_TEXT for cell in row):
            raise Refused("cell_too_long", at=line, limit=LONGEST_TEXT)
    return filled


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


if __name__ == "__main__":
    main()
