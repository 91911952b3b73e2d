"""A OneRoster set from ZIP to rows: what may be in the archive, what the manifest promises, which columns are there.

Runs in the child process only. Nothing is ever unpacked to a disk: a name in the archive is only compared, and one that
would lead out of the folder is refused. Only the columns that we use are kept, so that a big set stays small.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname

from qingyan.people.roster.inspection import UNREADABLE, check_entries
from qingyan.people.roster.limits import LONGEST_CELL, MOST_ROWS, MOST_UNPACKED
from qingyan.people.roster.oneroster.layout import (
    ABSENT,
    ALL_FILES,
    BULK,
    DELTA,
    MANIFEST,
    NEEDED,
    ONEROSTER_VERSION,
    REQUIRED,
    WANTED,
    WELCOME,
)
from qingyan.people.roster.outcome import Refused

MOST_RECORDS = MOST_ROWS * 3  # a pupil, and the guardians
BLANKS = " \t\r\n\ufeff"


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a file (from 1, as a text editor of records counts), by column; an absent column is empty."""

    line: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One file of the set: where each wanted column stands in the records."""

    column: Mapping[str, int]
    records: Sequence[Record]

    def value(self, record: Record, name: str) -> str:
        """What the record says under this column, or ""."""
        place = self.column.get(name)
        return record.values[place] if place is not None else ""


def is_set(content: bytes) -> bool:
    """Whether this is a ZIP with a manifest.csv, that is, meant as a OneRoster set."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(basename(name).lower() == f"{MANIFEST}.csv" for name in archive.namelist())
    except UNREADABLE:
        return False


def read_set(content: bytes) -> dict[str, Sheet]:
    """The files that we use, by name without ".csv". Raises Refused when the set cannot be trusted or understood."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_entries(archive)
            places = _places(archive)
            _check_manifest(_read(archive, places, MANIFEST), places)
            wanted = (*NEEDED, *(name for name in WELCOME if name in places))
            return {name: _read(archive, places, name) for name in wanted}
    except UNREADABLE as error:
        raise Refused("oneroster_damaged") from error


def _places(archive: zipfile.ZipFile) -> dict[str, str]:
    """The CSV files beside the manifest. All stand at the top, or in one folder."""
    names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    for name in names:
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or not name.isprintable():
            raise Refused("oneroster_path")
    folder = dirname(next((name for name in names if basename(name).lower() == f"{MANIFEST}.csv"), ""))
    if folder.count("/"):
        raise Refused("oneroster_path")
    known = {f"{name}.csv".lower(): name for name in (MANIFEST, *ALL_FILES)}
    beside = [name for name in names if dirname(name) == folder and basename(name).lower() in known]
    places = {known[basename(name).lower()]: name for name in beside}
    if len(places) != len(beside):
        raise Refused("oneroster_damaged")
    return places


def _check_manifest(manifest: Sheet, places: Mapping[str, str]) -> None:
    said = {manifest.value(one, "propertyName"): manifest.value(one, "value") for one in manifest.records}
    version = said.get("oneroster.version", "")
    if version != ONEROSTER_VERSION and not version.startswith(f"{ONEROSTER_VERSION}."):
        raise Refused("oneroster_version", value=version[:20] or "—")
    for name in (*NEEDED, *WELCOME):
        mode = said.get(f"file.{name}", ABSENT).lower()
        if mode == DELTA:
            raise Refused("oneroster_delta", file=f"{name}.csv")
        if mode not in (BULK, ABSENT):
            raise Refused("oneroster_mode", file=f"{name}.csv", value=mode[:20])
        if (mode == BULK) != (name in places) or (mode == ABSENT and name in NEEDED):
            raise Refused("oneroster_missing" if name not in places else "oneroster_unannounced", file=f"{name}.csv")


def _read(archive: zipfile.ZipFile, places: Mapping[str, str], name: str) -> Sheet:
    file = f"{name}.csv"
    rows = _rows(_text(archive, places[name], file), file)
    titles = [title.strip(BLANKS) for title in next(rows, (1, []))[1]]
    missing = [title for title in REQUIRED[name] if title not in titles]
    if missing:
        raise Refused("oneroster_columns", file=file, columns="、".join(missing))
    kept = [titles.index(title) for title in (*REQUIRED[name], *WANTED.get(name, ())) if title in titles]
    records: list[Record] = []
    for line, cells in rows:
        if len(records) == MOST_RECORDS:
            raise Refused("oneroster_records", file=file, limit=MOST_RECORDS)
        records.append(_record(line, cells, kept, file))
    return Sheet(column={titles[place]: number for number, place in enumerate(kept)}, records=records)


def _record(line: int, cells: list[str], kept: Sequence[int], file: str) -> Record:
    values = tuple(cells[place].strip(BLANKS) if place < len(cells) else "" for place in kept)
    if any(len(value) > LONGEST_CELL for value in values):
        raise Refused("oneroster_cell", file=file, at=line, limit=LONGEST_CELL)
    return Record(line, values)


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The non-empty rows with their number."""
    try:
        for line, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if any(cell.strip(BLANKS) for cell in row):
                yield line, row
    except csv.Error as error:
        raise Refused("oneroster_csv", file=file) from error


def _text(archive: zipfile.ZipFile, place: str, file: str) -> str:
    """The file as text, never more than the limit whatever the archive claims."""
    with archive.open(place) as part:
        content = part.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise Refused("bomb", what="unpacked")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("oneroster_encoding", file=file) from error
