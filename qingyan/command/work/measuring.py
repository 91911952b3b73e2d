"""The library of instruments, for the command line; no database is asked."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qingyan.instruments import api
from qingyan.instruments.contracts import InstrumentNotReleased, ScoredFile

UNKNOWN = (InstrumentNotReleased, KeyError)
NOT_SCORED = "not scored"
WORDS = (".band", "screen")  # columns whose values are words worth counting


@dataclass(frozen=True, slots=True)
class Scored:
    """The result for programs, the same for people, and whether every stored total was reproduced."""

    result: dict[str, Any]
    lines: list[str]
    equal: bool


def released() -> list[dict[str, Any]]:
    """Every released version."""
    return [asdict(one) for one in api.released()]


def faults() -> list[dict[str, str]]:
    """Every fault of the library."""
    return [asdict(one) for one in api.check()]


def score(
    code: str, file: Path, *, version: str | None, offset: int | None, rule: str | None, out: Path | None
) -> Scored:
    """Scores the file, counts bands, compares stored totals. Raises UNKNOWN, OSError, ValueError (unknown layout)."""
    scored = api.score_file(code, file, version, offset=offset, rule=rule)
    counts = _counted(scored, out)
    compared = [asdict(one) for one in scored.comparisons]
    lines = [f"{scored.instrument} {scored.version}: {scored.count} lines", *scored.notes]
    lines += [f"{column}: " + ", ".join(f"{word} {n}" for word, n in found.items()) for column, found in counts.items()]
    lines += [f"{one.column}: {one.equal} of {one.compared} stored totals equal" for one in scored.comparisons]
    result = {
        "instrument": scored.instrument,
        "version": scored.version,
        "lines": scored.count,
        "layout": scored.profile,
        "notes": scored.notes,
        "counts": counts,
        "comparisons": compared,
    }
    return Scored(result, lines, all(one.equal == one.compared for one in scored.comparisons))


def _counted(scored: ScoredFile, out: Path | None) -> dict[str, dict[str, int]]:
    """One pass over the rows: written to `out` if given, words counted on the way."""
    counters = {at: Counter[str]() for at, name in enumerate(scored.columns) if name.endswith(WORDS)}
    for row in _kept(scored, out):
        for at, counter in counters.items():
            counter[str(row[at] or NOT_SCORED)] += 1
    told = {scored.columns[at].removesuffix(".band"): dict(counter.most_common()) for at, counter in counters.items()}
    return {column: counts for column, counts in told.items() if set(counts) != {NOT_SCORED}}


def _kept(scored: ScoredFile, out: Path | None) -> Iterator[Sequence[object]]:
    if out is None:
        yield from scored.rows
        return
    with out.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(scored.columns)
        for row in scored.rows:
            writer.writerow(row)
            yield row
