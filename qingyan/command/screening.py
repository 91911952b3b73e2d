"""`qingyan screening`: what is done to stored answer sheets as a whole."""

from typing import Annotated
from uuid import UUID

import typer

from qingyan.command.groups import group
from qingyan.command.output import Code, Json, answer
from qingyan.command.starting import work

app = group("Stored answer sheets.")


@app.callback()
def _group() -> None:
    """Stored answer sheets."""


@app.command()
def rescore(
    campaign: Annotated[UUID | None, typer.Option(help="Only this campaign.")] = None,
    instrument: Annotated[str | None, typer.Option(help="Only this instrument, by its code.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Count what differs; change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Score stored sheets again; correct, keep and record whatever a corrected rule gives otherwise.

    Each school is one transaction; after an interruption start it again.

    Example: qingyan screening rescore --instrument scl-90 --check

    Exit codes: 0 done, 1 something differs (with --check), 3 cannot run here.
    """
    with work("rescoring", as_json=as_json) as rescoring:
        with typer.progressbar(length=1, label="rescoring", hidden=as_json) as bar:
            result = rescoring.rescore(campaign, instrument, write=not check, bar=bar)
        lines = [f"{result['seen']} results seen, {result['changed']} {'differ' if check else 'corrected'}"]
        answer(result, lines, as_json=as_json)
        if check and result["changed"]:
            raise typer.Exit(Code.FAULTS_FOUND)
