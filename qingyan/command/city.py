"""`qingyan city`: begin a new installation. Districts, schools and stations are then entered by the city officer."""

from typing import Annotated

import typer

from qingyan.command.groups import group
from qingyan.command.output import Code, Json, answer, fail
from qingyan.command.starting import work

NEXT = (
    "next: 1. qingyan staff add: two city officers, or one and a district lead (items on suicide need a second person)",
    "      2. sign in as a city officer and review the instruments at /instruments/reviews/; no round starts before",
)

app = group("The city of this installation.")


@app.callback()
def _group() -> None:
    """The city of this installation."""


@app.command()
def init(name: Annotated[str, typer.Option(help="Name of the city, at most 60 signs.")], as_json: Json = False) -> None:
    """Create the city of an empty installation, with the national hotlines.

    Example: qingyan city init --name 云州市

    Exit codes: 0 done, 1 there is a city already, 2 wrong usage, 3 cannot run here.
    """
    if not 0 < len(name.strip()) <= 60:
        raise fail("the name of the city has 1 to 60 signs", as_json=as_json, code=Code.WRONG_USAGE)
    with work("founding", as_json=as_json) as founding:
        try:
            made = founding.found(name.strip())
        except founding.Unfit as error:
            raise fail(str(error), as_json=as_json, code=Code.FAULTS_FOUND) from None
        answer(made, [f"{made['name']} founded", *NEXT], as_json=as_json)
