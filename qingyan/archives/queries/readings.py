"""Entries in words: the domain that wrote a kind has registered how to read it; others show their title only."""

from collections.abc import Iterable

from qingyan.archives.contracts import EntryFacts, Reader, Reading

_readers: dict[str, Reader] = {}


def register_reader(kind: str, reader: Reader) -> None:
    """The reader of a kind; the last one registered counts."""
    _readers[kind] = reader


def read(entries: Iterable[EntryFacts], slug: str) -> list[tuple[EntryFacts, Reading]]:
    """Each entry with its reading, in the order given."""
    return [(entry, _readers.get(entry.kind, _plain)(entry, slug)) for entry in entries]


def _plain(entry: EntryFacts, slug: str) -> Reading:
    return Reading(title=entry.title)
