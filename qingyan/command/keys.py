"""`qingyan keys`: make, rotate and replace the keys of sealed fields."""

import os
from typing import Annotated

import typer

from qingyan.command.groups import group
from qingyan.command.output import Code, Json, answer, fail, warn
from qingyan.command.starting import work
from qingyan.config.env import SECRET_NAMES, fresh_secret

app = group("The keys of sealed fields.")
OLD = "OLD_MASTER_KEY"


@app.callback()
def _group() -> None:
    """The keys of sealed fields."""


@app.command()
def generate(as_json: Json = False) -> None:
    """Print a fresh value for each secret, for the service's environment or files. Nothing is stored.

    Example: qingyan keys generate > secrets.env

    Exit codes: 0 done.
    """
    fresh = {name.upper(): fresh_secret(name) for name in SECRET_NAMES}
    answer(fresh, [f"{name}={value}" for name, value in fresh.items()], as_json=as_json)


@app.command()
def rotate(as_json: Json = False) -> None:
    """Seal every field again with fresh data keys. Stop at any time and run again; the service may go on serving.

    Example: qingyan keys rotate

    Exit codes: 0 done, 1 a sealed value cannot be opened, 3 cannot run here.
    """
    with work("keeping", as_json=as_json) as keeping:
        try:
            done = keeping.rotate(progress=warn)
        except keeping.Unreadable as error:
            raise fail(str(error), as_json=as_json, code=Code.FAULTS_FOUND) from None
        answer(done, [f"{done['retired_keys']} old keys retired"], as_json=as_json)


@app.command()
def rewrap(
    old: Annotated[str, typer.Option(help="Variable that holds the old master key.")] = OLD, as_json: Json = False
) -> None:
    """Wrap the data keys with the MASTER_KEY of the settings; the old one is read from a variable.

    Example: OLD_MASTER_KEY=… qingyan keys rewrap

    Exit codes: 0 done, 1 a key was wrapped by neither, 2 the variable is not set, 3 cannot run here.
    """
    value = os.environ.get(old, "")
    if not value:
        raise fail(f"{old} is not set", as_json=as_json, code=Code.WRONG_USAGE)
    with work("keeping", as_json=as_json) as keeping:
        try:
            count = keeping.rewrap(value)
        except keeping.Unreadable as error:
            raise fail(str(error), as_json=as_json, code=Code.FAULTS_FOUND) from None
        answer({"rewrapped": count}, [f"{count} data keys wrapped anew"], as_json=as_json)
