"""`qingyan demo`: the invented city."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import rich.progress
import typer

from qingyan.command.groups import group
from qingyan.command.output import Json, answer, fail, tell
from qingyan.command.starting import work

app = group("The invented city of the demo.")


class Size(StrEnum):
    """How much of the city is written."""

    FULL = "full"
    SMALL = "small"
    CITY = "city"


@app.callback()
def _group() -> None:
    """The invented city of the demo."""


@app.command()
def load(
    size: Annotated[
        Size,
        typer.Option(help="small: 3 schools; full: 41, some 4,000 pupils; city: 93,204 files, 220,099 sheets."),
    ] = Size.FULL,
    seed: Annotated[int | None, typer.Option(help="Another seed gives another city.")] = None,
    as_json: Json = False,
) -> None:
    """Write the demo city, or what is missing of it. Refused in production mode.

    Example: qingyan demo load --size small

    Exit codes: 0 done, 3 cannot run here.
    """
    with work("showing", as_json=as_json) as showing:
        try:
            with shown(silent=as_json) as progress:
                result = showing.load(size=size.value, seed=seed, progress=progress)
        except showing.NotHere as error:
            raise fail(str(error), as_json=as_json) from None
        answer(result, [", ".join(f"{name} {value}" for name, value in result.items())], as_json=as_json)


@contextmanager
def shown(*, silent: bool) -> Iterator[Callable[[str, float], None]]:
    """How far it is: a bar for a person at a terminal, a line a school elsewhere, nothing for a program."""
    if silent or not sys.stdout.isatty():
        yield (lambda _line, _share: None) if silent else (lambda line, share: tell(f"[{share:4.0%}] {line}"))
        return
    with rich.progress.Progress() as bars:
        bar = bars.add_task("", total=1.0)
        yield lambda line, share: bars.update(bar, completed=share, description=line)


@app.command()
def who(as_json: Json = False) -> None:
    """Say how the people of the demo sign in.

    Example: qingyan demo who --json

    Exit codes: 0 done, 3 cannot run here.
    """
    with work("showing", as_json=as_json) as showing:
        people = showing.sign_ins()
        lines = ["  ".join(part for part in one.values() if part) for one in people]
        answer({"sign_ins": people}, lines, as_json=as_json)
