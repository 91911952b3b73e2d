"""Workbooks for other domains: their sheets as text, read apart within the limits of the roster import."""

from qingyan.people.queries.roster_words import refusal
from qingyan.people.roster.child import tables_apart


class Unreadable(Exception):
    """The file cannot be used. Its text says why, and what to do, in the reader's language."""


def tables(content: bytes) -> dict[str, list[list[str]]]:
    """Non-empty rows of text by the sheet's name. Raises Unreadable."""
    found = tables_apart(content)
    if found.refusal is not None:
        raise Unreadable(str(refusal(found.refusal)))
    return found.sheets
