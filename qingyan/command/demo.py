"""`qingyan demo`: the invented city."""

from enum import StrEnum
from typing import Annotated

import typer

from qingyan.command.groups import group
from qingyan.command.output import Json, answer, fail, tell
from qingyan.command.starting import work

app = group("The invented city of the demo.")


class Size(StrEnum):
    """How much of the city is written."""

    FULL = "full"
    SMALL = "small"


@app.callback()
def _group() -> None:
    """The invented city of the demo."""


@app.command()
def load(
    size: Annotated[Size, typer.Option(help="full: 41 schools; small: the schools of the story.")] = Size.FULL,
    seed: Annotated[int | None, typer.Option(help="Another seed gives another city.")] = None,
    as_json: Json = False,
) -> None:
    """Write the demo city, or what is missing of it. Refused in production mode.

    Example: qingyan demo load --size small

    Exit codes: 0 done, 3 cannot run here.
    """
    with work("showing", as_json=as_json) as showing:
        try:
            result = showing.load(size=size.value, seed=seed, progress=(lambda _line: None) if as_json else tell)
        except showing.NotHere as error:
            raise fail(str(error), as_json=as_json) from None
        answer(result, [", ".join(f"{name} {value}" for name, value in result.items())], as_json=as_json)


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
