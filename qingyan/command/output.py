"""How every command speaks: plain lines for people, one JSON object for programs, one meaning per exit code."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from enum import IntEnum
from typing import Annotated, Any

import typer


class Code(IntEnum):
    """Exit codes, the same for every command (2 is the shell's custom for wrong usage)."""

    DONE = 0
    FAULTS_FOUND = 1
    WRONG_USAGE = 2
    CANNOT_RUN = 3


CODES = "Exit codes: 0 done, 1 faults found, 2 wrong usage, 3 cannot run here."
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")]


def tell(line: str) -> None:
    """A line for the person, on standard output."""
    typer.echo(line)


def warn(line: str) -> None:
    """A line about a fault, on standard error, so that output stays clean for programs."""
    typer.echo(line, err=True)


def answer(result: Mapping[str, Any], lines: Sequence[str], *, as_json: bool) -> None:
    """The result of a command: the mapping as JSON, or the lines."""
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, default=_plain))
        return
    for line in lines:
        typer.echo(line)


def fail(message: str, *, as_json: bool, code: Code = Code.CANNOT_RUN) -> typer.Exit:
    """Says why and gives the exit to raise: `raise fail(…)`."""
    if as_json:
        typer.echo(json.dumps({"error": message}, ensure_ascii=False))
    else:
        warn(message)
    return typer.Exit(code)


def _plain(value: object) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
